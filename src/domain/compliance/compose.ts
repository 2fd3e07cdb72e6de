import { intersectHours } from "./localHours.ts"
import {
  alike,
  either,
  keyed,
  leaf,
  type Looser,
  maximum,
  type Merge,
  minimum,
  ordered,
  struct,
  union
} from "./merge.ts"
import type { Profile } from "./Profile.ts"
import type { AbandonRule, Cap, CapWindow, Hours, Rules } from "./Rules.ts"

/** The rules one call is judged by, and what they were made from. */
export interface Composed {
  /** Profiles and house rules, as `id version`, sorted. */
  readonly from: ReadonlyArray<string>
  readonly rules: Rules
  /** House values that are looser than the rule they stand in for, each with its reason. */
  readonly overrides: ReadonlyArray<Override>
}

export interface Override {
  readonly path: string
  readonly law: unknown
  readonly house: unknown
  readonly reason: string
  readonly by: string
}

const hoursLists = leaf<ReadonlyArray<string>>(intersectHours)
const lists = <A extends string>(): Merge<ReadonlyArray<A>> => union

const lowerCeiling = leaf<number | null>((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)))
const abandonRule = struct<AbandonRule>({
  ceiling: lowerCeiling,
  target: minimum,
  denominator: alike,
  includeAmdFalse: alike,
  breach: alike,
  scope: alike,
  window: alike,
  basis: alike
})

/** What a ratio is of; ratios of different things are never merged. */
export const abandonKey = (rule: AbandonRule): string => {
  const { days, kind, zone } = rule.window
  return [rule.denominator, rule.includeAmdFalse, rule.scope, kind, days, zone]
    .filter((part) => part !== undefined)
    .join(" ")
}

const capWindowKey = (window: CapWindow): string =>
  window.kind === "rolling"
    ? `${window.hours} h`
    : window.kind === "localDays"
      ? `${window.days} local days`
      : window.kind
const cap = struct<Cap>({ count: alike, n: minimum, window: alike, key: alike, per: alike })
export const capKey = (rule: Cap): string => [rule.count, capWindowKey(rule.window), rule.key, rule.per].join(" ")

const hours = struct<Hours>({
  monFri: hoursLists,
  sat: hoursLists,
  sun: hoursLists,
  holiday: hoursLists,
  holidayCalendar: alike,
  zoneRule: alike,
  consentOverride: alike
})
const hoursKey = (layer: Hours): string =>
  [layer.holidayCalendar ?? "", layer.zoneRule ?? "", layer.consentOverride ?? ""].join(" ")

type Item<A> = NonNullable<A> extends ReadonlyArray<infer B> ? B : never
type Redial = NonNullable<Rules["redial"]>

/** Groups of which a house rule may be looser only with a reason; `hours` and `abandon` compare across keys. */
type Plain = Omit<Rules, "hours" | "abandon">
const plainRules = struct<Plain>({
  modesForbidden: lists(),
  connect: struct<NonNullable<Rules["connect"]>>({
    waits: keyed(
      (wait) => wait.clockStart,
      struct<Item<NonNullable<Rules["connect"]>["waits"]>>({ clockStart: alike, millisMax: minimum })
    ),
    lateCountsAbandoned: either,
    onMiss: lists(),
    clearAtMillis: minimum,
    comfortNoise: either
  }),
  message: struct<NonNullable<Rules["message"]>>({
    required: either,
    startMillisMax: minimum,
    mustHave: lists(),
    forbid: lists()
  }),
  ring: struct<NonNullable<Rules["ring"]>>({ millisMin: maximum, ringsMin: maximum, millisMax: minimum }),
  redial: struct<NonNullable<Rules["redial"]>>({
    afterAbandon: keyed(
      (rule) => [rule.unit, rule.liftedBy, rule.thenReserved ? "then reserved" : ""].join(" ").trim(),
      struct<Item<Redial["afterAbandon"]>>({ unit: alike, n: maximum, liftedBy: alike, thenReserved: alike })
    ),
    afterAmd: keyed(
      (rule) => `${rule.kind} ${rule.liftedBy}`,
      struct<Item<Redial["afterAmd"]>>({ kind: alike, n: maximum, liftedBy: alike })
    ),
    afterRefusalDays: maximum,
    afterConversationDays: maximum
  }),
  caps: keyed(capKey, cap),
  cli: struct<NonNullable<Rules["cli"]>>({
    required: either,
    valid: either,
    dialable: either,
    callbackAnswers: either,
    numberRanges: lists(),
    attestationMin: ordered(["C", "B", "A"])
  }),
  consent: struct<NonNullable<Rules["consent"]>>({
    requiredForLive: either,
    requiredForAutomated: either,
    form: lists(),
    proofRetentionYears: maximum,
    renewMonths: minimum
  }),
  dnc: keyed((list) => list.source, struct<Item<Rules["dnc"]>>({ source: alike, ageDaysMax: minimum })),
  optOut: struct<NonNullable<Rules["optOut"]>>({
    honourHours: minimum,
    honourBusinessDays: minimum,
    channels: lists()
  }),
  records: keyed((record) => record.of, struct<Item<Rules["records"]>>({ of: alike, months: maximum, fields: lists() }))
})

const abandonRules = keyed((rule: AbandonRule) => `${abandonKey(rule)} ${rule.breach} ${rule.basis}`, abandonRule)
const hoursRules = keyed(hoursKey, hours)
const allRules = struct<Pick<Rules, "hours" | "abandon">>({ hours: hoursRules, abandon: abandonRules })

/** The stricter of every rule of both: commutative, associative, and idempotent on what it returns. */
export const combineRules = (a: Rules, b: Rules, looser?: Looser): Rules => ({
  ...plainRules(a, b, "", looser),
  ...allRules(a, b, "")
})

const texts = (...lists: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> =>
  [...new Set(lists.flat())].sort()

/** Combines what was composed already. */
export const combine = (a: Composed, b: Composed): Composed => ({
  from: texts(a.from, b.from),
  rules: combineRules(a.rules, b.rules),
  overrides: [...a.overrides, ...b.overrides]
})

/** No rule at all. */
export const noRules: Composed = { from: [], rules: {}, overrides: [] }

/** All of the profiles at once: minimum, maximum, intersection or union, field by field. */
export const compose = (profiles: ReadonlyArray<Profile>): Composed =>
  profiles
    .map(({ id, rules, version }): Composed => ({ from: [`${id} ${version}`], rules, overrides: [] }))
    .reduce(combine, noRules)
