import { Schema } from "effect"
import { modeNames } from "../../src/domain/Mode.ts"
import { AfterAttempt } from "./AfterAttempt.ts"
import { CallerIds, Goal } from "./CallerIds.ts"
import { defaults } from "./defaults.ts"
import { Dispositions } from "./Dispositions.ts"
import { Distribution } from "./Distribution.ts"
import {
  Clock,
  Count,
  derived,
  field,
  Minutes,
  Name,
  PerSecond,
  required,
  Seconds,
  Share,
  SharePositive
} from "./fields.ts"
import { Flow } from "./Flow.ts"
import { Law } from "./Law.ts"
import { List } from "./List.ts"
import { Pacing } from "./Pacing.ts"
import { People } from "./People.ts"
import { Script } from "./Script.ts"

export const Mode = Schema.Literals(modeNames)

const ruleOf = (rule: { readonly delayMinutes: number; readonly attemptsMax: number }) =>
  Schema.Union([
    Schema.Literal("never"),
    Schema.Struct({
      delayMinutes: field(Minutes, rule.delayMinutes, "Wait before the contact is called again."),
      attemptsMax: field(
        Count(1, 100),
        rule.attemptsMax,
        "How many attempts may end this way before the contact is finished."
      )
    })
  ]).annotate({ title: "never, or a rule with delayMinutes and attemptsMax" })
const retry = <K extends Exclude<keyof typeof defaults.retry, "abandoned">>(outcome: K, description: string) => {
  const rule = defaults.retry[outcome]
  return rule === "never"
    ? field(ruleOf(defaults.retryRule), rule, description)
    : field(ruleOf(rule), rule, description)
}
const afterAbandon = defaults.retry.abandoned
/** When contacts are called again, by outcome. */
export const Retry = Schema.Struct({
  abandoned: derived(
    Schema.Union([
      Schema.Literal("never"),
      Schema.Struct({
        delayMinutes: derived(
          Minutes,
          `the lock-out of the profiles, at least ${afterAbandon.delayMinutes}`,
          "Wait before the contact is called again."
        ),
        attemptsMax: field(
          Count(1, 100),
          afterAbandon.attemptsMax,
          "How many attempts may end this way before the contact is finished."
        )
      })
    ]).annotate({ title: "never, or a rule with delayMinutes and attemptsMax" }),
    `the lock-out of the profiles, at least ${afterAbandon.delayMinutes} minutes, and ${afterAbandon.attemptsMax} attempts`,
    "A person answered and no agent came in time."
  ),
  "hung-up-waiting": retry("hung-up-waiting", "A person answered and left before an agent came."),
  machine: retry("machine", "A machine answered."),
  busy: retry("busy", "Busy."),
  "no-answer": retry("no-answer", "Nobody answered."),
  rejected: retry("rejected", "Refused with the red button."),
  invalid: retry("invalid", "No such number."),
  congestion: retry("congestion", "The network refused the call."),
  cancelled: retry("cancelled", "The dialler took the ringing call back."),
  interrupted: retry("interrupted", "The dialler itself stopped.")
})

const Rules = Schema.Struct({
  ringSecondsMax: field(Seconds, defaults.rules.ringSecondsMax, "The dialler gives up ringing after this."),
  ringSecondsMin: derived(
    Seconds,
    `the shortest ringing of the profiles, or ${defaults.rules.ringSecondsMin}`,
    "It never takes back a call that has rung for less."
  ),
  waitSecondsMax: derived(
    Seconds,
    `the longest wait of the profiles, or ${defaults.rules.waitSecondsMax}`,
    "How long a person who answered may wait for an agent before the law calls it abandoned."
  ),
  dropSeconds: derived(Seconds, "waitSecondsMax", "When the dialler gives up on a waiting person."),
  abandonLimit: derived(
    Share,
    `the lowest ceiling of the profiles, or ${defaults.rules.abandonLimit}`,
    "Abandon ceiling of the law, of answers by people."
  ),
  abandonMessage: field(
    Schema.Boolean,
    defaults.rules.abandonMessage,
    "An abandoned person hears a message, not silence."
  ),
  lines: derived(Count(1, 100_000), "the lines of the trunk", "Calls this campaign may have up at once."),
  callsPerSecond: derived(PerSecond, "the call rate of the trunk", "Calls this campaign may start per second."),
  previewSecondsMax: field(
    Seconds,
    defaults.rules.previewSecondsMax,
    "Timed preview: the number is dialled without a click after this."
  ),
  readingSeconds: field(Seconds, defaults.rules.readingSeconds, "Fixed reading time before each progressive call."),
  wrapSecondsMax: field(
    Schema.NullOr(Seconds),
    defaults.rules.wrapSecondsMax,
    "The system ends the wrap-up after this; null when the agent decides."
  ),
  attemptsMax: field(Count(1, 100), defaults.rules.attemptsMax, "Attempts per contact, whatever their outcomes."),
  retry: field(Retry, {}, "When a contact is called again, by outcome of the attempt.")
})

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

const Expected = Schema.Struct({
  pickupRate: derived(SharePositive, "what the scenario's own people do", "Share of calls answered by a person."),
  ringSeconds: derived(Seconds, "the mean of people.ring.personSeconds", "Ringing until a person answers."),
  talkSeconds: derived(Seconds, "the mean of people.talkSeconds", "Talk."),
  wrapSeconds: derived(Seconds, "the mean of work.wrapSeconds", "Wrap-up.")
})

const Change = Schema.Struct({
  at: required(Clock, "When, local time."),
  mode: derived(Mode, "the mode before", "New mode."),
  pacing: derived(Pacing, "the first pacing the mode allows", "New pacing."),
  segmentsOn: field(Schema.Array(Name), [], "Segments whose contacts are called from now on."),
  segmentsOff: field(Schema.Array(Name), [], "Segments whose contacts wait from now on.")
})

/** One campaign: its rules, its list, and how people and agents behave in it. */
export const Campaign = Schema.Struct({
  name: required(Name, "What reports call it."),
  mode: required(Mode, "How it dials."),
  pacing: derived(
    Pacing,
    "the first pacing the mode allows: look-ahead (predictive), lines (automatic), one-per-agent (all others)",
    "How many calls it places."
  ),
  modesAllowed: derived(
    Schema.Array(Mode).check(Schema.isMinLength(1)),
    "the mode of the campaign alone",
    "Modes a recommendation may choose from."
  ),
  groups: derived(Schema.Array(Name), "all groups; none for an automatic campaign", "Agent groups that serve it."),
  priority: field(
    Count(-1_000, 1_000),
    defaults.campaign.priority,
    "Agents shared by campaigns serve the larger number first; callback campaigns come before all others."
  ),
  law: field(
    Law,
    {},
    "The rules the campaign is under: see [Law](#law). `{}` is house-strict, in the zone of the day."
  ),
  rules: field(Rules, {}, "Limits of the law and of the house."),
  goal: Goal,
  callerIds: derived(CallerIds, "the trunk's own number", "Numbers its calls show, in rotation, with a cap per day."),
  detection: field(Detection, {}, "Answering-machine detection."),
  dispositions: derived(Dispositions, "none", "What agents can say about a call, in the order they see."),
  afterAttempt: derived(
    AfterAttempt,
    "what rules.retry says",
    "Rules that decide what becomes of a contact after an attempt, in place of rules.retry."
  ),
  script: derived(Script, "none", "The agents' call script."),
  flow: derived(Flow, "none: people.script", "Automatic mode: what the calls play and ask."),
  list: required(List, "Who is called."),
  people: required(People, "How the people on the list behave."),
  work: field(Work, {}, "Times of the agents' own work."),
  expected: field(
    Expected,
    {},
    "The manager's estimates, used until calls have been made. Give them to rehearse a wrong estimate."
  ),
  changes: field(Schema.Array(Change).check(Schema.isMaxLength(100)), [], "Changes of mode or pacing during the day.")
}).check(
  Schema.makeFilter(({ afterAttempt, dispositions = [] }) => {
    const asking = dispositions.findIndex(({ asksCallbackTime }) => asksCallbackTime)
    if (asking < 0 || afterAttempt !== undefined) return undefined
    const path = ["dispositions", asking, "asksCallbackTime"]
    return { path, issue: "false, or afterAttempt with a rule that has at: asked (default has one)" }
  }),
  Schema.makeFilter(({ flow, people }) =>
    flow === undefined && people.flow !== undefined
      ? { path: ["people", "flow"], issue: "nothing: the campaign has no flow" }
      : undefined
  )
)
