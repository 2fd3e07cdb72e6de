import { Schema } from "effect"
import { cardFields } from "../../src/config/campaign/Card.ts"
import { campaignFields, expectedFields, Mode } from "../../src/config/campaign/Campaign.ts"
import { askedTimeNeedsRule } from "../../src/config/campaign/Disposition.ts"
import { Flow } from "../../src/config/campaign/Flow.ts"
import { Pacing } from "../../src/config/campaign/Pacing.ts"
import { Clock, derived, field, Name, required, Share } from "../../src/yaml/fields.ts"
import { Callers } from "./Callers.ts"
import { defaults } from "./defaults.ts"
import { Dispositions } from "./Dispositions.ts"
import { Distribution } from "./Distribution.ts"
import { List } from "./List.ts"
import { People } from "./People.ts"
import { Script } from "./Script.ts"

const Detection = Schema.Struct({
  enabled: field(
    Schema.Boolean,
    defaults.detection.enabled,
    "Whether the dialler listens for machines before it connects."
  ),
  delaySeconds: field(
    Distribution,
    defaults.detection.delaySeconds,
    "From answer to verdict; counts against the wait limit."
  ),
  personAsMachineShare: field(
    Share,
    defaults.detection.personAsMachineShare,
    "People taken for machines, and cut off."
  ),
  machineAsPersonShare: field(
    Share,
    defaults.detection.machineAsPersonShare,
    "Machines taken for people, and given to an agent."
  ),
  heardShare: field(
    Share,
    defaults.detection.heardShare,
    "Calls taken for machines that somebody listens to, so that the people among them can be estimated (law)."
  )
})

const Work = Schema.Struct({
  wrapSeconds: field(Distribution, defaults.work.wrapSeconds, "After-call work."),
  previewSeconds: field(
    Distribution,
    defaults.work.previewSeconds,
    "Reading a card before the call, manual and preview modes."
  ),
  skipShare: field(Share, defaults.work.skipShare, "Previewed contacts the agent skips."),
  noAnswerWrapSeconds: field(
    Distribution,
    defaults.work.noAnswerWrapSeconds,
    "Coding a call nobody answered, manual and preview modes."
  ),
  machineSeconds: field(
    Distribution,
    defaults.work.machineSeconds,
    "Time an agent loses on a machine that was not detected."
  )
})

const Expected = Schema.Struct(
  expectedFields({
    pickupRate: "what the scenario's own people do",
    ringSeconds: "the mean of people.ring.personSeconds",
    talkSeconds: "the mean of people.talkSeconds",
    wrapSeconds: "the mean of work.wrapSeconds"
  })
)

const Change = Schema.Struct({
  at: required(Clock, "When, local time."),
  mode: derived(Mode, "the mode before", "New mode."),
  pacing: derived(Pacing, "the first pacing the mode allows", "New pacing."),
  segmentsOn: field(Schema.Array(Name), [], "Segments whose contacts are called from now on."),
  segmentsOff: field(Schema.Array(Name), [], "Segments whose contacts wait from now on.")
})

/** One campaign: its rules, its list, and how people and agents behave in it. */
export const Campaign = Schema.Struct({
  name: campaignFields.name,
  mode: campaignFields.mode,
  pacing: campaignFields.pacing,
  modesAllowed: derived(
    Schema.Array(Mode).check(Schema.isMinLength(1)),
    "the mode of the campaign alone",
    "Modes a recommendation may choose from."
  ),
  groups: campaignFields.groups,
  priority: campaignFields.priority,
  law: campaignFields.law,
  rules: campaignFields.rules,
  goal: campaignFields.goal,
  callerIds: campaignFields.callerIds,
  detection: field(Detection, {}, "Answering-machine detection."),
  dispositions: derived(Dispositions, "none", "What agents can say about a call, in the order they see."),
  afterAttempt: campaignFields.afterAttempt,
  ...cardFields,
  script: derived(Script, "none", "The agents' call script."),
  flow: derived(Flow, "none: people.script", "Automatic mode: what the calls play and ask."),
  list: required(List, "Who is called."),
  queue: campaignFields.queue,
  callers: Callers,
  people: required(People, "How the people on the list behave."),
  work: field(Work, {}, "Times of the agents' own work."),
  expected: field(
    Expected,
    {},
    "The manager's estimates, used until calls have been made. Give them to rehearse a wrong estimate."
  ),
  changes: field(Schema.Array(Change).check(Schema.isMaxLength(100)), [], "Changes of mode or pacing during the day.")
}).check(
  askedTimeNeedsRule,
  Schema.makeFilter(({ flow, people }) =>
    flow === undefined && people.flow !== undefined
      ? { path: ["people", "flow"], issue: "nothing: the campaign has no flow" }
      : undefined
  )
)
