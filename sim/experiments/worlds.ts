import type { DistributionSpec } from "../random/distributions.ts"
import type { People, Scenario } from "../Scenario.ts"
import { withCampaign } from "./withSetting.ts"

/** Answer shares a changed world is kept between. */
const answerShareMin = 0.01
const answerShareMax = 0.95
/** Copies a measured sample may be made of, to shift its share of answers. */
const copiesMax = 20

/** A scenario in which the people are not as assumed; what the dialler expects of them is as before. */
export interface World {
  readonly label: string
  /** Added to the chance that a person answers. */
  readonly answerShift: number
  readonly scenario: Scenario
}

/** Answers 10 points rarer, 10 points more frequent, and conversations a fifth longer, in one campaign. */
export const changedWorlds = (scenario: Scenario, campaignIndex: number): ReadonlyArray<World> => {
  const shifted = [-0.1, 0.1].map((shift): World => {
    const { people } = scenario.campaigns[campaignIndex]
    const now = answerShareOf(people)
    const share = Math.min(answerShareMax, Math.max(answerShareMin, now + shift))
    const answerShift = Number((share - now).toFixed(6))
    const points = Number((100 * Math.abs(answerShift)).toFixed(1))
    return {
      label: `${points} points ${shift < 0 ? "fewer" : "more"} answers`,
      answerShift,
      scenario: withPeople(scenario, campaignIndex, withAnswerShare(people, share))
    }
  })
  const { people } = scenario.campaigns[campaignIndex]
  const longer = { ...people, talk: scaled(people.talk, 1.2) }
  return [
    ...shifted.filter(({ answerShift }) => answerShift !== 0),
    { label: "talk 20 % longer", answerShift: 0, scenario: withPeople(scenario, campaignIndex, longer) }
  ]
}

const withPeople = (scenario: Scenario, campaignIndex: number, people: People): Scenario =>
  withCampaign(scenario, campaignIndex, (campaign) => ({ ...campaign, people }))

/** Chance of an answer at a first attempt, before segments and hours multiply it. */
const answerShareOf = ({ answerShare, dials }: People): number =>
  dials === null ? answerShare : dials.filter(({ answered }) => answered).length / dials.length

const withAnswerShare = (people: People, share: number): People => {
  const { dials } = people
  if (dials === null) return { ...people, answerShare: share }
  const answered = dials.filter((dial) => dial.answered)
  const others = dials.filter((dial) => !dial.answered)
  if (answered.length === 0 || others.length === 0) return people
  // Copies of the two kinds whose numbers are nearest to the ratio wanted.
  const ratio = (share * others.length) / ((1 - share) * answered.length)
  const copies = Array.from({ length: copiesMax }, (_, i) => i + 1)
    .map((of) => ({ answered: Math.max(1, Math.round(ratio * of)), others: of }))
    .reduce((best, next) =>
      Math.abs(next.answered / next.others - ratio) < Math.abs(best.answered / best.others - ratio) ? next : best
    )
  const repeated = <A>(values: ReadonlyArray<A>, times: number): ReadonlyArray<A> =>
    Array.from({ length: times }, () => values).flat()
  return { ...people, dials: [...repeated(answered, copies.answered), ...repeated(others, copies.others)] }
}

/** The law of `factor` times the duration. */
export const scaled = (law: DistributionSpec, factor: number): DistributionSpec => {
  const max = <A extends { readonly max?: number | undefined }>(of: A) =>
    of.max === undefined ? {} : { max: factor * of.max }
  switch (law.kind) {
    case "constant":
      return { ...law, value: factor * law.value }
    case "uniform":
      return { ...law, min: factor * law.min, max: factor * law.max }
    case "exponential":
    case "gamma":
      return { ...law, mean: factor * law.mean }
    case "normal": {
      const min = law.min === undefined ? {} : { min: factor * law.min }
      return { ...law, mean: factor * law.mean, sd: factor * law.sd, ...min, ...max(law) }
    }
    case "lognormal":
      return { ...law, mean: factor * law.mean, ...max(law) }
    case "lognormalLog":
      return { ...law, mu: law.mu + Math.log(factor), ...max(law) }
    case "weibull":
    case "burr12":
      return { ...law, scale: factor * law.scale }
    case "empirical":
      return { ...law, values: law.values.map((value) => factor * value) }
    case "mixture":
      return { ...law, parts: law.parts.map((part) => ({ ...part, of: scaled(part.of, factor) })) }
  }
}
