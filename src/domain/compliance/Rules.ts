import { Schema } from "effect"
import { hoursPattern, spanOf } from "./localHours.ts"

/*
 * The rules of a profile, group by group (docs/compliance.md). Every field may be missing, and a missing field means "no
 * rule", never zero. Where two rules cannot be weighed against each other (other denominators, other clocks, other ways
 * to lift a lock-out) the field is a list and all of its rules hold.
 */

const optional = Schema.optionalKey
const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const Millis = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3_600_000 }))
const Amount = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 }))
/** A name or label without surprises. */
const Label = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200))

/** A over which base; the formulas are in `docs/compliance.md`. */
export const Denominator = Schema.Literals(["D_UK", "D_LIVE", "D_PER_CONNECT", "D_ATTEMPT", "D_COUNT"])
export type Denominator = typeof Denominator.Type

/** Over what a ratio is formed. Without `zone` days and months are those of the campaign's zone. */
export const AbandonWindow = Schema.Struct({
  kind: Schema.Literals(["calendarDay", "successiveDays", "calendarMonth", "campaign"]),
  /** Length of a block of successive days. */
  days: optional(Amount),
  /** IANA id. */
  zone: optional(Label)
}).check(
  Schema.makeFilter((window) => (window.kind === "successiveDays") === (window.days !== undefined), {
    message: "successive days have a number of days, other windows have none"
  })
)
export type AbandonWindow = typeof AbandonWindow.Type

export const AbandonRule = Schema.Struct({
  /** `null`: no ceiling, only a target. */
  ceiling: Schema.NullOr(Share),
  /** What is aimed at; above it and up to the ceiling is amber. For D_COUNT a count. */
  target: optional(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
  denominator: Denominator,
  /** Whether people taken for machines are added: the estimate F, or its upper bound. */
  includeAmdFalse: Schema.Literals(["no", "estimate", "upper"]),
  /** Whether the ceiling itself is still allowed. */
  breach: Schema.Literals(["above", "atOrAbove"]),
  scope: Schema.Literals(["campaign", "site", "seller"]),
  window: AbandonWindow,
  /** Who set the ceiling. */
  basis: Schema.Literals(["law", "house"])
})
export type AbandonRule = typeof AbandonRule.Type

export const Connect = Schema.Struct({
  /** Longest wait for an agent, by what starts the clock. */
  waits: optional(
    Schema.Array(
      Schema.Struct({ clockStart: Schema.Literals(["answer", "greetingStart", "greetingEnd"]), millisMax: Millis })
    )
  ),
  /** Whether a person connected after the limit counts as abandoned. */
  lateCountsAbandoned: optional(Schema.Boolean),
  onMiss: optional(Schema.Array(Schema.Literals(["messageThenClear", "clear", "messageOptOut"]))),
  clearAtMillis: optional(Millis),
  comfortNoise: optional(Schema.Boolean)
})

export const Message = Schema.Struct({
  required: optional(Schema.Boolean),
  startMillisMax: optional(Millis),
  mustHave: optional(Schema.Array(Schema.Literals(["identity", "phone", "purpose", "optOutNumber", "keypressOptOut"]))),
  forbid: optional(Schema.Array(Schema.Literals(["marketing"])))
})

/** How long an unanswered call rings: `ringsMin` is the rule in rings where the law has both. */
export const Ring = Schema.Struct({
  millisMin: optional(Millis),
  ringsMin: optional(Amount),
  millisMax: optional(Millis)
})
export type Ring = typeof Ring.Type

/** Who may call again before the time is up. */
const LiftedBy = Schema.Literals(["reservedAgent", "none"])

/** Hours are elapsed hours; days are full local calendar days after the day of the call. */
export const AfterAbandon = Schema.Struct({
  unit: Schema.Literals(["hours", "days"]),
  n: Amount,
  liftedBy: LiftedBy,
  /** Whether later calls need a reserved agent as well. */
  thenReserved: Schema.Boolean
})
/** One calendar day is the day of the call. */
export const AfterAmd = Schema.Struct({
  kind: Schema.Literals(["calendarDay", "hours"]),
  n: Amount,
  liftedBy: LiftedBy
})

export const Redial = Schema.Struct({
  afterAbandon: optional(Schema.Array(AfterAbandon)),
  afterAmd: optional(Schema.Array(AfterAmd)),
  /** Full local calendar days after the day of the refusal. */
  afterRefusalDays: optional(Amount),
  /** Full local calendar days after the day of the conversation. */
  afterConversationDays: optional(Amount)
})

/** `"08:00-21:00"`, half open, local. */
const HoursText = Schema.String.check(
  Schema.isPattern(hoursPattern),
  Schema.makeFilter((text) => spanOf(text)[0] < spanOf(text)[1], { message: "ends after it begins" })
)
const HoursList = Schema.Array(HoursText)

/** When the called party may be called. A missing day has no rule; an empty list forbids the day. */
export const Hours = Schema.Struct({
  monFri: optional(HoursList),
  sat: optional(HoursList),
  sun: optional(HoursList),
  /** In place of the day's hours; missing: a holiday is like any other day. */
  holiday: optional(HoursList),
  /** Without one, the calendars of the other profiles of the composition and of the campaign. */
  holidayCalendar: optional(Label),
  /** Whether all evidence of the zone must allow the call, or the best. */
  zoneRule: optional(Schema.Literals(["best", "all"])),
  /** Whether the called party's consent lifts the hours; for the record, the dialler keeps them. */
  consentOverride: optional(Schema.Literals(["none", "general", "timeSpecific"]))
})
export type Hours = typeof Hours.Type

/**
 * `rolling`: elapsed hours. `localDays`: the local day of the call and the days before it, n in all. `week`: local
 * Monday to Sunday. `month`: local calendar month. `campaign`: its whole life.
 */
export const CapWindow = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("rolling"), hours: Amount }),
  Schema.Struct({ kind: Schema.Literal("localDays"), days: Amount }),
  Schema.Struct({ kind: Schema.Literals(["week", "month", "campaign"]) })
])
export type CapWindow = typeof CapWindow.Type

export const Cap = Schema.Struct({
  count: Schema.Literals(["attempts", "calls", "conversations"]),
  n: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 })),
  window: CapWindow,
  key: Schema.Literals(["number", "person", "debt", "subject"]),
  per: Schema.Literals(["trader", "campaign"])
})
export type Cap = typeof Cap.Type

export const CallerId = Schema.Struct({
  required: optional(Schema.Boolean),
  valid: optional(Schema.Boolean),
  dialable: optional(Schema.Boolean),
  callbackAnswers: optional(Schema.Boolean),
  /** What the numbers shown must belong to, in words; all of them hold. */
  numberRanges: optional(Schema.Array(Label)),
  attestationMin: optional(Schema.Literals(["A", "B", "C"]))
})

export const Consent = Schema.Struct({
  requiredForLive: optional(Schema.Boolean),
  requiredForAutomated: optional(Schema.Boolean),
  form: optional(Schema.Array(Label)),
  proofRetentionYears: optional(Amount),
  renewMonths: optional(Amount)
})

/** A suppression list and how old its copy may be; `*` speaks of every list. */
export const SuppressionList = Schema.Struct({ source: Label, ageDaysMax: optional(Amount) })

export const OptOut = Schema.Struct({
  honourHours: optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }))),
  honourBusinessDays: optional(Amount),
  channels: optional(Schema.Array(Label))
})

export const RecordClass = Schema.Struct({
  of: Schema.Literals(["callDetail", "consentProof", "abandonEvidence"]),
  months: Amount,
  fields: optional(Schema.Array(Label))
})

const ruleFields = {
  modesForbidden: optional(
    Schema.Array(Schema.Literals(["manual", "preview", "progressive", "predictive", "automatic", "callback"]))
  ),
  abandon: optional(Schema.Array(AbandonRule)),
  connect: optional(Connect),
  message: optional(Message),
  ring: optional(Ring),
  redial: optional(Redial),
  hours: optional(Schema.Array(Hours)),
  caps: optional(Schema.Array(Cap)),
  cli: optional(CallerId),
  consent: optional(Consent),
  dnc: optional(Schema.Array(SuppressionList)),
  optOut: optional(OptOut),
  records: optional(Schema.Array(RecordClass))
}

export const Rules = Schema.Struct(ruleFields)
export type Rules = typeof Rules.Type
