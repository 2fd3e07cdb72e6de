import { Schema } from "effect"
import { Filter } from "../Filter.ts"
import { outcomeNames } from "../Outcome.ts"
import { attemptsCounted, minutesOf, outcomesOf, weekdayNames } from "./ruleParts.ts"

/*
 * Rules of a campaign, as data: what becomes of a contact after an attempt (docs/rules.md). They run in order. Every
 * condition of `when` must hold, as it is when the attempt ends; what rules do takes effect after the run. The first rule
 * that holds and decides the contact's future ends the run; rules that only set things let it go on. A contact no rule
 * decides is finished.
 */

const optional = Schema.optionalKey

export const rulesMax = 500

const whole = (minimum: number, maximum: number) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum })).annotate({
    expected: `a whole number from ${minimum} to ${maximum}`
  })
const list = <S extends Schema.Constraint>(item: S, lengthMax: number) =>
  Schema.Array(item)
    .check(Schema.isMinLength(1), Schema.isMaxLength(lengthMax))
    .annotate({ expected: `a list of 1 to ${lengthMax}` })
const text = (lengthMin: number, lengthMax: number, expected: string) =>
  Schema.String.check(Schema.isMinLength(lengthMin), Schema.isMaxLength(lengthMax)).annotate({ expected })

const Name = text(1, 200, "a name of 1 to 200 characters")
const Names = list(Name, 200)
const Outcomes = list(Schema.Literals(outcomeNames), outcomeNames.length)
const Value = Schema.Union([text(0, 1_000, "text"), Schema.Finite]).annotate({
  expected: "a number, or text of at most 1000 characters"
})
const Answer = Schema.Union([text(0, 1_000, "text"), Schema.Finite, Schema.Boolean]).annotate({
  expected: "a number, true, false, or text of at most 1000 characters"
})

const inOrder = { expected: "min, max or both, min not above max" }
const isRange = ({ max, min }: { readonly min?: number; readonly max?: number }): boolean =>
  (min !== undefined || max !== undefined) && (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY)

/** How many attempts there were, the one that just ended among them. */
const Attempts = Schema.Struct({
  min: optional(whole(1, attemptsCounted - 1)),
  max: optional(whole(1, attemptsCounted - 1))
}).check(Schema.makeFilter(isRange, inOrder))

/** How many of them ended with one of these outcomes, all together. */
const AttemptsWith = Schema.Struct({
  outcome: Outcomes,
  min: optional(whole(0, attemptsCounted - 1)),
  max: optional(whole(0, attemptsCounted - 1))
}).check(Schema.makeFilter(isRange, inOrder))

const clock = '"09:30"'
/** `"09:30"`, local. */
const Clock = Schema.String.check(Schema.isPattern(/^([01]\d|2[0-3]):[0-5]\d$/)).annotate({
  expected: `a clock time such as ${clock}`
})
/** The same for an end, which may be midnight. */
const ClockEnd = Schema.String.check(Schema.isPattern(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)).annotate({
  expected: `a clock time such as ${clock}, up to "24:00"`
})

/** When the attempt ended, by the contact's clock; half open: at `to` it is over. */
const Hours = Schema.Struct({
  weekdays: optional(list(Schema.Literals(weekdayNames), 7)),
  from: optional(Clock),
  to: optional(ClockEnd)
}).check(
  Schema.makeFilter(
    ({ from, to, weekdays }) =>
      (weekdays !== undefined || from !== undefined || to !== undefined) &&
      minutesOf(from ?? "00:00") < minutesOf(to ?? "24:00"),
    { expected: "weekdays, from, to or several of them, from before to (a night takes two rules)" }
  )
)
export type Hours = typeof Hours.Type

const Parameters = Schema.Record(Name, Value).check(
  Schema.makeFilter((record) => Object.keys(record).length > 0, { expected: "at least one name with its value" })
)

const When = Schema.Struct({
  /** How the attempt ended: one of these. */
  outcome: optional(Outcomes),
  /** Whether a person heard an agent, which is the outcome `connected`. */
  connected: optional(Schema.Boolean),
  attempts: optional(Attempts),
  attemptsWith: optional(list(AttemptsWith, outcomeNames.length)),
  /** Codes of the campaign's own dispositions, one of which the agent chose. */
  disposition: optional(Names),
  segment: optional(Names),
  hours: optional(Hours),
  /** Answers given in the script, by question: every question named has one of these among its answers. */
  answers: optional(
    Schema.Record(Name, list(Answer, 200)).check(
      Schema.makeFilter((record) => Object.keys(record).length > 0, { expected: "at least one question" })
    )
  ),
  /** Fields and parameters of the contact. */
  contact: optional(Filter)
}).check(
  Schema.makeFilter((when) => outcomesOf(when).length > 0, {
    expected: "outcome and connected that go together: connected is true for the outcome connected alone"
  })
)
export type When = typeof When.Type

/** A year. */
const minutesMax = 525_600
const Minutes = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: minutesMax })).annotate({
  expected: `minutes from 0 to ${minutesMax}`
})

const Again = Schema.Struct({
  /** From the end of the attempt. A span spreads contacts over it; the same attempt always gets the same delay. */
  afterMinutes: optional(
    Schema.Union([
      Minutes,
      Schema.Struct({ from: Minutes, to: Minutes }).check(
        Schema.makeFilter(({ from, to }) => from <= to, { expected: "from that is not above to" })
      )
    ]).annotate({ expected: `minutes from 0 to ${minutesMax}, or a block with from and to` })
  ),
  /**
   * The contact's clock shows this time, so many days later; a time that is over today is tomorrow's. Or the time the agent
   * noted: such a rule holds only where one was.
   */
  at: optional(
    Schema.Union([Schema.Literal("asked"), Schema.Struct({ days: whole(0, 365), time: Clock })]).annotate({
      expected: `asked, or a block with days and time such as { days: 1, time: ${clock} }`
    })
  ),
  /** Default `same`. After the last number `next` is the first. */
  number: optional(Schema.Literals(["same", "next"])),
  /** Default `anyone`. */
  by: optional(Schema.Literals(["anyone", "same-agent"])),
  /** How long the same agent is waited for; then anyone may call. */
  windowMinutes: optional(
    Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 10_080 })).annotate({
      expected: "minutes from 1 to 10080"
    })
  )
}).check(
  Schema.makeFilter(({ afterMinutes, at }) => (afterMinutes === undefined) !== (at === undefined), {
    expected: "either afterMinutes or at"
  }),
  Schema.makeFilter(({ by, windowMinutes }) => (by === "same-agent") === (windowMinutes !== undefined), {
    expected: "windowMinutes together with by: same-agent (after that time anyone may call), and not without"
  })
)
export type Again = typeof Again.Type

const yes = Schema.Literal(true)

const Then = Schema.Struct({
  /* These decide the contact's future. */

  again: optional(Again),
  /** Nothing more is tried; the contact is closed with this result. */
  finish: optional(Name),
  /** The contact leaves the campaign without a result. */
  remove: optional(yes),
  /** The contact goes to another campaign, where it starts anew. */
  campaign: optional(Name),
  /** Its numbers go on the do-not-call list, and nothing more is tried. With `finish` or `remove`, or alone. */
  doNotCall: optional(yes),

  /* These do not. */

  /** Parameters of the contact; empty text takes one away. */
  set: optional(Parameters),
  /** Parameters of the attempt. */
  setAttempt: optional(Parameters),
  /** Segment of this campaign the contact is in from now on. */
  segment: optional(Name)
}).check(
  Schema.makeFilter((then) => Object.keys(then).length > 0, { expected: "at least one thing to do" }),
  Schema.makeFilter(
    ({ again, campaign, doNotCall, finish, remove }) =>
      [again, finish, remove, campaign].filter((each) => each !== undefined).length <= 1 &&
      (doNotCall === undefined || (again === undefined && campaign === undefined)),
    { expected: "one of again, finish, remove, campaign, doNotCall; doNotCall also together with finish or remove" }
  )
)
export type Then = typeof Then.Type

/** One rule. Without `when` it holds after every attempt. */
export const Rule = Schema.Struct({
  /** What dry runs and records call it; unique in its campaign. */
  name: Schema.String.check(Schema.isPattern(/^\S(.{0,78}\S)?$/u)).annotate({
    expected: "a name of 1 to 80 characters"
  }),
  /** The reason, for whoever reads the rules next. */
  why: optional(text(1, 500, "text of 1 to 500 characters")),
  when: optional(When),
  then: Then
})
export type Rule = typeof Rule.Type
