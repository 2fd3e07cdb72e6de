import { Schema } from "effect"
import { FlowPeople } from "../flow/FlowPeople.ts"
import { defaults } from "./defaults.ts"
import { Distribution, shareTolerance } from "./Distribution.ts"
import { derived, Factor, field, Ratio, required, Seconds, Share, SharePositive } from "../../src/yaml/fields.ts"

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
const rounded = (value: number): number => Number(value.toFixed(6))

/** What comes of first attempts. Shares of all calls, so they can be copied from a report. */
const Outcomes = Schema.Struct({
  person: required(SharePositive, "Answered by a person."),
  machine: field(Share, defaults.outcomes.machine, "Answered by a machine or voicemail."),
  busy: field(Share, defaults.outcomes.busy, "Busy."),
  rejected: field(Share, defaults.outcomes.rejected, "Refused with the red button."),
  invalid: field(Share, defaults.outcomes.invalid, "No such number, fax, unobtainable."),
  noAnswer: derived(Share, "what the other shares leave of 1", "Rings until the dialler gives up.")
}).check(
  Schema.makeFilter((shares) => {
    const named = sum([shares.person, shares.machine, shares.busy, shares.rejected, shares.invalid])
    if (shares.noAnswer === undefined) {
      return named <= 1 + shareTolerance ? undefined : `shares that add to at most 1 (these add to ${rounded(named)})`
    }
    const total = named + shares.noAnswer
    return Math.abs(total - 1) <= shareTolerance ? undefined : `shares that add to 1 (these add to ${rounded(total)})`
  })
)

const Ring = Schema.Struct({
  personSeconds: field(Distribution, defaults.ring.personSeconds, "Until a person picks up."),
  machineSeconds: field(Distribution, defaults.ring.machineSeconds, "Until a machine picks up."),
  busySeconds: field(Distribution, defaults.ring.busySeconds, "Until the busy signal."),
  rejectedSeconds: field(Distribution, defaults.ring.rejectedSeconds, "Until the call is refused."),
  invalidSeconds: field(Distribution, defaults.ring.invalidSeconds, "Until the network says the number is bad."),
  congestionSeconds: field(Distribution, defaults.ring.congestionSeconds, "Until the network refuses for congestion."),
  noAnswerSeconds: field(
    Distribution,
    defaults.ring.noAnswerSeconds,
    "Until the network itself gives up; most often later than the dialler does."
  )
})

/** Ring times of a measured sample: whole dials, drawn with replacement. */
const Dials = Schema.Struct({
  answeredSeconds: required(Schema.Array(Seconds).check(Schema.isMaxLength(100_000)), "Ring of each answered dial."),
  unansweredSeconds: required(
    Schema.Array(Seconds).check(Schema.isMaxLength(100_000)),
    "Ring of each dial that was not answered."
  )
}).check(
  Schema.makeFilter(({ answeredSeconds }) =>
    answeredSeconds.length > 0 ? undefined : { path: ["answeredSeconds"], issue: "a list of at least one dial" }
  )
)

const Script = Schema.Struct({
  lengthSeconds: field(Distribution, defaults.script.lengthSeconds, "The whole script."),
  hangUpShare: field(Share, defaults.script.hangUpShare, "People who hang up before its end."),
  transferShare: field(Share, defaults.script.transferShare, "People who press the key for an agent."),
  untilSeconds: field(Distribution, defaults.script.untilSeconds, "Script time before the hang-up or the key.")
}).check(
  Schema.makeFilter(({ hangUpShare, transferShare }) =>
    hangUpShare + transferShare <= 1 + shareTolerance
      ? undefined
      : `hangUpShare and transferShare that add to at most 1 (these add to ${rounded(hangUpShare + transferShare)})`
  )
)

/** Multipliers of the answer chance by hour of day. */
const HourKey = Schema.String.check(Schema.isPattern(/^(\d|1\d|2[0-3])$/u, { "x-form": "an hour of the day, 0 to 23" }))
const ByHour = Schema.Record(HourKey, Factor)

/** How the people on the list behave. */
export const People = Schema.Struct({
  outcomes: derived(Outcomes, "none: needed, unless `dials` are given", "What comes of first attempts."),
  dials: derived(Dials, "none", "Instead of `outcomes` and `ring`: a measured sample."),
  answerByAttempt: field(
    Factor,
    defaults.people.answerByAttempt,
    "Multiplies the answer chance at every further attempt; 0.85 is usual."
  ),
  answerByHour: field(ByHour, {}, "Multiplies the answer chance by hour of day (0 to 23); 1 for hours not named."),
  unreachableShare: field(
    Share,
    defaults.people.unreachableShare,
    "Contacts whose number no person ever answers; `outcomes` then hold for the others."
  ),
  reachabilitySpread: field(
    Ratio(0, 5),
    defaults.people.reachabilitySpread,
    "How much contacts differ in their answer chance: standard deviation of its logit."
  ),
  ring: field(Ring, {}, "From first ringing to the outcome."),
  talkSeconds: field(Distribution, defaults.people.talkSeconds, "Talk with an agent."),
  patienceSeconds: field(
    Schema.NullOr(Distribution),
    defaults.people.patienceSeconds,
    "A waiting person hangs up after this; null: never before the dialler gives up."
  ),
  script: field(Script, {}, "Automatic mode without a flow: what a person who answers does."),
  flow: derived(FlowPeople, "none: everybody hears it to its end", "Automatic mode with a flow: what people do in it.")
}).check(
  Schema.makeFilter(({ dials, outcomes }) => {
    if (dials === undefined && outcomes === undefined) return "outcomes or dials"
    if (dials !== undefined && outcomes !== undefined)
      return { path: ["dials"], issue: "either outcomes or dials, not both" }
    return undefined
  })
)
