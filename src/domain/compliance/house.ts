import { Result, Schema } from "effect"
import { abandonKey, combineRules, type Composed, type Override } from "./compose.ts"
import { intersectHours } from "./localHours.ts"
import type { Looser } from "./merge.ts"
import { type AbandonRule, type Hours, Rules } from "./Rules.ts"

/** A customer's own rules on top of the profiles. They tighten; what loosens is refused unless `override` says why. */
export const HouseRules = Schema.Struct({
  id: Schema.String.check(Schema.isMinLength(1)),
  rules: Rules,
  override: Schema.optionalKey(
    Schema.Struct({
      reason: Schema.String.check(Schema.isMinLength(1)),
      /** Who answers for it. */
      by: Schema.String.check(Schema.isMinLength(1))
    })
  )
})
export type HouseRules = typeof HouseRules.Type

/** A house rule allows what a profile forbids, and does not say why. */
export class LooserThanProfile extends Schema.TaggedError<LooserThanProfile>()("LooserThanProfile", {
  house: Schema.String,
  values: Schema.Array(Schema.Struct({ path: Schema.String, law: Schema.Unknown, house: Schema.Unknown }))
}) {
  override get message() {
    const values = this.values.map(
      ({ house, law, path }) => `${path}: ${JSON.stringify(house)} is looser than ${JSON.stringify(law)}`
    )
    return `house rules ${this.house}: ${values.join("; ")}. Tighten, or state an override with a reason.`
  }
}

/** Lays house rules over composed profiles. With an override the house value holds, and the result lists it. */
export const withHouseRules = (composed: Composed, house: HouseRules): Result.Result<Composed, LooserThanProfile> => {
  const found: Array<{ path: string; law: unknown; house: unknown }> = []
  const { override } = house
  const looser: Looser = (path, law, value) => {
    found.push({ path, law, house: value })
    return override !== undefined
  }
  const law = { ...composed.rules, ...looserAbandon(composed.rules, house.rules, looser) }
  const rules = combineRules({ ...law, ...looserHours(law, house.rules, looser) }, house.rules, looser)
  if (found.length > 0 && override === undefined) {
    return Result.fail(new LooserThanProfile({ house: house.id, values: found }))
  }
  const overrides = found.map((value): Override => ({
    ...value,
    reason: override?.reason ?? "",
    by: override?.by ?? ""
  }))
  return Result.succeed({
    from: [...new Set([...composed.from, house.id])].sort(),
    rules,
    overrides: [...composed.overrides, ...overrides]
  })
}

const isHigher = (house: number | null | undefined, law: number | null | undefined): boolean =>
  law !== null && law !== undefined && house !== undefined && (house === null || house > law)

/** The profiles' ceilings, with those the house rules are allowed to raise at the house's value. */
const looserAbandon = (law: Rules, house: Rules, looser: Looser): Pick<Rules, "abandon"> => {
  if (law.abandon === undefined || house.abandon === undefined) return {}
  const own = house.abandon
  return { abandon: law.abandon.map((rule) => own.reduce((kept, other) => raised(kept, other, looser), rule)) }
}

const raised = (law: AbandonRule, house: AbandonRule, looser: Looser): AbandonRule => {
  if (abandonKey(law) !== abandonKey(house)) return law
  const path = `abandon[${abandonKey(law)}]`
  const ceiling = isHigher(house.ceiling, law.ceiling) && looser(`${path}.ceiling`, law.ceiling, house.ceiling)
  const target = isHigher(house.target, law.target) && looser(`${path}.target`, law.target, house.target)
  return {
    ...law,
    ...(ceiling ? { ceiling: house.ceiling } : {}),
    ...(target && house.target !== undefined ? { target: house.target } : {})
  }
}

const dayKinds = ["monFri", "sat", "sun", "holiday"] as const

/** The profiles' hours, with those the house rules are allowed to widen at the house's value. */
const looserHours = (law: Rules, house: Rules, looser: Looser): Pick<Rules, "hours"> => {
  if (law.hours === undefined || house.hours === undefined) return {}
  const own = house.hours
  return { hours: law.hours.map((layer) => own.reduce((kept, other) => widened(kept, other, looser), layer)) }
}

const widened = (law: Hours, house: Hours, looser: Looser): Hours => {
  let kept = law
  for (const kind of dayKinds) {
    const allowed = law[kind]
    const wanted = house[kind]
    if (allowed === undefined || wanted === undefined) continue
    const outside = intersectHours(allowed, wanted).join() !== intersectHours(wanted, wanted).join()
    if (outside && looser(`hours.${kind}`, allowed, wanted)) kept = { ...kept, [kind]: wanted }
  }
  return kept
}
