import { Result } from "effect"
import { compose } from "../../domain/compliance/compose.ts"
import { type HouseRules, withHouseRules } from "../../domain/compliance/house.ts"
import type { Rules } from "../../domain/compliance/Rules.ts"
import type { ModeName } from "../../domain/Mode.ts"
import { isSmall, problemsOfIssue } from "../../domain/rules/fieldProblems.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import type { LooseCampaign, Report } from "./Campaign.ts"
import type { LawBlock } from "./Law.ts"
import { lawBounds, type LawBounds, resolvedRules, unbound } from "./lawBounds.ts"
import { decodeHouse, isBlock, profilesOf } from "./toLaw.ts"

/** How a rule is loosened by somebody who means it. */
const deliberately =
  "to allow it all the same, state the rule in law.house with an override (reason, by), or set law: none"

/** Modes a rehearsal may change to count as well. */
export type LawfulCampaign = LooseCampaign & {
  readonly modesAllowed?: ReadonlyArray<ModeName> | undefined
  readonly changes?: ReadonlyArray<{ readonly mode?: ModeName | undefined }> | undefined
}

/** Whether a campaign keeps the law it names: profiles valid that day, house rules and modes allowed, values strict enough. */
export const lawChecks = (
  campaign: LawfulCampaign,
  path: FieldPath,
  date: string | undefined,
  report: Report
): void => {
  const { law } = campaign
  if (law === undefined) return
  if (!isBlock(law)) return checkRinging(campaign, unbound, path, report)
  checkProfiles(law, [...path, "law", "profiles"], date, report)
  const house = houseOf(law, [...path, "law", "house"], report)
  if (house === null) return
  const composed = compose(profilesOf(law))
  const rules =
    house === undefined ? composed.rules : houseRules(composed.rules, house, [...path, "law", "house"], report)
  if (rules === undefined) return
  const says = (holds: (rules: Rules) => boolean): string => {
    const own = house === undefined || !holds(house.rules) ? [] : [house.id]
    return [...own, ...profilesOf(law).flatMap((profile) => (holds(profile.rules) ? [profile.id] : []))].join(", ")
  }
  checkModes(campaign, rules, path, says, report)
  checkValues(campaign, rules, path, says, report)
  checkRinging(campaign, lawBounds(rules), path, report)
}

const checkProfiles = (law: LawBlock, path: FieldPath, date: string | undefined, report: Report): void => {
  profilesOf(law).forEach(({ id, validFrom, validTo }, index) => {
    if (law.profiles.indexOf(id) !== index) report([...path, index], "every profile once")
    if (date === undefined) return
    if (validFrom !== undefined && date < validFrom) {
      report([...path, index], `a profile valid on ${date}; this one holds from ${validFrom}`)
    } else if (validTo !== undefined && date >= validTo) {
      report([...path, index], `a profile valid on ${date}; this one held until ${validTo}`)
    }
  })
}

/** Deeper or longer than any rule is. */
const houseDepthMax = 12
const houseSizeMax = 5_000

/** The house rules; undefined where there are none, null where they are no rules. */
const houseOf = ({ house }: LawBlock, path: FieldPath, report: Report): HouseRules | undefined | null => {
  if (house === undefined) return undefined
  if (!isSmall(house, houseDepthMax, houseSizeMax)) {
    report([...path, "rules"], `at most ${houseSizeMax} values, nested at most ${houseDepthMax} deep`)
    return null
  }
  const decoded = decodeHouse(house)
  if (Result.isSuccess(decoded)) return decoded.success
  for (const problem of problemsOfIssue(decoded.failure.issue, house, [])) {
    report([...path, ...pathOf(problem.path)], problem.allowed)
  }
  return null
}

/** `caps[0].window` as keys. */
const pathOf = (text: string): FieldPath =>
  [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, index]) => (index === undefined ? key : Number(index)))

const houseRules = (law: Rules, house: HouseRules, path: FieldPath, report: Report): Rules | undefined => {
  const laid = withHouseRules({ from: [], rules: law, overrides: [] }, house)
  if (Result.isSuccess(laid)) return laid.success.rules
  for (const { law: value, path: at } of laid.failure.values) {
    const group = pathOf(at)[0] ?? ""
    const allowed = `${at} no looser than ${JSON.stringify(value)}`
    report([...path, "rules", group], allowed, "tighten it, or say why not in law.house.override (reason, by)")
  }
  return undefined
}

type Says = (holds: (rules: Rules) => boolean) => string

const checkModes = (
  { changes = [], mode, modesAllowed = [] }: LawfulCampaign,
  { modesForbidden = [] }: Rules,
  path: FieldPath,
  says: Says,
  report: Report
): void => {
  const forbidden = (of: typeof mode, at: FieldPath): void => {
    if (of === undefined || !modesForbidden.includes(of)) return
    const by = says((rules) => rules.modesForbidden?.includes(of) === true)
    report([...path, ...at], `a mode the law allows: ${by} forbids ${of}`)
  }
  forbidden(mode, ["mode"])
  modesAllowed.forEach((each, index) => forbidden(each, ["modesAllowed", index]))
  changes.forEach((change, index) => forbidden(change.mode, ["changes", index, "mode"]))
}

/** Values of the file that are looser than the law's. */
const checkValues = ({ rules }: LooseCampaign, law: Rules, path: FieldPath, says: Says, report: Report): void => {
  if (rules === undefined) return
  const bounds = lawBounds(law)
  const looser = (at: FieldPath, text: string, key: keyof LawBounds): void => {
    const by = says((own) => lawBounds(own)[key] === bounds[key])
    report([...path, "rules", ...at], by === "" ? text : `${text}, as ${by} has it`, deliberately)
  }
  const least = (key: "ringSecondsMin", unit: string): void => {
    const [value, bound] = [rules[key], bounds[key]]
    if (value !== undefined && bound !== undefined && value < bound) looser([key], `at least ${bound}${unit}`, key)
  }
  const most = (key: "ringSecondsMax" | "waitSecondsMax" | "dropSeconds" | "abandonLimit", unit: string): void => {
    const [value, bound] = [rules[key], bounds[key]]
    if (value !== undefined && bound !== undefined && value > bound) looser([key], `at most ${bound}${unit}`, key)
  }
  least("ringSecondsMin", " s")
  most("ringSecondsMax", " s")
  most("waitSecondsMax", " s")
  most("dropSeconds", " s")
  most("abandonLimit", "")
  if (bounds.abandonMessage === true && !rules.abandonMessage) looser(["abandonMessage"], "true", "abandonMessage")
  const { abandoned } = rules.retry
  const delay = abandoned === undefined || abandoned === "never" ? undefined : abandoned.delayMinutes
  const lockOut = bounds.abandonedDelayMinutes
  if (delay !== undefined && lockOut !== undefined && delay < lockOut) {
    looser(["retry", "abandoned", "delayMinutes"], `at least ${lockOut} min`, "abandonedDelayMinutes")
  }
}

/** The dialler must not give up before the shortest ringing is over. */
const checkRinging = ({ rules }: LooseCampaign, bounds: LawBounds, path: FieldPath, report: Report): void => {
  if (rules === undefined) return
  const { ringSecondsMax, ringSecondsMin } = resolvedRules(rules, bounds)
  if (ringSecondsMin <= ringSecondsMax) return
  if (rules.ringSecondsMin === undefined) {
    report([...path, "rules", "ringSecondsMax"], `at least the shortest ringing, ${ringSecondsMin} s`)
  } else report([...path, "rules", "ringSecondsMin"], `at most ringSecondsMax, which is ${ringSecondsMax}`)
}
