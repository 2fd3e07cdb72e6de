import { Schema } from "effect"
import { type DistributionSpec, quantileOf } from "../random/distributions.ts"
import {
  derived,
  Minutes,
  minutesMax,
  Ratio,
  required,
  Seconds,
  secondsMax,
  Share,
  Variation
} from "../../src/yaml/fields.ts"

/**
 * How a scenario file writes a law of a time, in seconds or, where a field says so, in minutes. The short forms are a bare
 * number (always that long) and a bare list (measured values, drawn with replacement).
 */
const kind = <K extends string>(name: K, description: string) => required(Schema.Literal(name), description)
const above0 = (unit: string, maximum: number) =>
  Schema.Finite.annotate({ "x-unit": unit }).check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(maximum))
const Shape = above0("ratio", 100)
const VariationPositive = above0("ratio", 10)

/** The times of one unit. */
interface Unit {
  readonly Time: typeof Seconds
  readonly Positive: typeof Seconds
  readonly word: string
}
const inSeconds: Unit = { Time: Seconds, Positive: above0("s", secondsMax), word: "seconds" }
const inMinutes: Unit = { Time: Minutes, Positive: above0("min", minutesMax), word: "minutes" }

const lawsIn = ({ Positive, Time }: Unit) => {
  const mean = required(Positive, "Mean.")
  const Values = Schema.Array(Time).check(Schema.isMinLength(1), Schema.isMaxLength(100_000))
  return [
    Time.annotate({ title: "always the same" }),
    Values.annotate({ title: "measured values" }),
    Schema.Struct({ kind: kind("constant", "Always the same time."), value: required(Time, "The time.") }),
    Schema.Struct({
      kind: kind("uniform", "Every time between two bounds is equally likely."),
      min: required(Time, "Shortest time."),
      max: required(Time, "Longest time.")
    }),
    Schema.Struct({ kind: kind("exponential", "Without memory; very short times are the most frequent."), mean }),
    Schema.Struct({
      kind: kind("normal", "Bell curve; cut at `min` and `max`, without piling up there."),
      mean,
      sd: required(Positive, "Standard deviation before the cut."),
      min: derived(Time, "0", "Nothing shorter."),
      max: derived(Positive, "no bound", "Nothing longer.")
    }),
    Schema.Struct({
      kind: kind("lognormal", "Skewed to long times, as talk times are; by mean and variation."),
      mean,
      cv: required(VariationPositive, "Standard deviation over mean, before the cut."),
      max: derived(Positive, "no bound", "Nothing longer.")
    }),
    Schema.Struct({
      kind: kind("lognormalLog", "The lognormal law as fits report it."),
      mu: required(Ratio(-20, 12), "Mean of the natural logarithm."),
      sigma: required(Shape, "Standard deviation of the natural logarithm."),
      max: derived(Positive, "no bound", "Nothing longer.")
    }),
    Schema.Struct({
      kind: kind("gamma", "Skewed, with a thinner tail than lognormal."),
      mean,
      cv: required(VariationPositive, "Standard deviation over mean.")
    }),
    Schema.Struct({
      kind: kind("weibull", "By shape and scale."),
      shape: required(Shape, "Shape."),
      scale: required(Positive, "Scale.")
    }),
    Schema.Struct({
      kind: kind("burr12", "Burr XII, the best fit to bank telesales talk times; F(x) = 1 − (1 + (x/scale)^c)^−d."),
      c: required(Shape, "First shape."),
      d: required(Shape, "Second shape."),
      scale: required(Positive, "Scale.")
    }),
    Schema.Struct({
      kind: kind("empirical", "Measured values, drawn with replacement; the same as a bare list."),
      values: required(Values, "The values.")
    })
  ] as const
}

/** Shares written with a few decimals may miss 1 by this much; they are scaled to add to 1. */
export const shareTolerance = 1e-6
const addToOne = (parts: ReadonlyArray<{ readonly share: number }>) => {
  const sum = parts.reduce((total, part) => total + part.share, 0)
  return Math.abs(sum - 1) <= shareTolerance
    ? undefined
    : `parts whose shares add to 1 (these add to ${Number(sum.toFixed(6))})`
}

const titleIn = ({ word }: Unit): string =>
  `a time in ${word}: a number, a list of measured values, or a law by \`kind\``

/** `identifier` is that of a law within a law. */
const formsIn = (unit: Unit, identifier: string) => {
  const laws = lawsIn(unit)
  const Law = Schema.Union(laws).annotate({ identifier, title: titleIn(unit) })
  const Part = Schema.Struct({ share: required(Share, "Share of the calls."), of: required(Law, "Their time.") })
  const Band = Schema.Struct({
    share: required(Share, "Share of the calls."),
    mean: required(unit.Positive, "Mean time of the band."),
    cv: derived(Variation, "0, always the mean", "Spread within the band: standard deviation over mean.")
  })
  return Schema.Union([
    ...laws,
    Schema.Struct({
      kind: kind("mixture", "Several kinds of calls, each with a law of its own."),
      parts: required(
        Schema.Array(Part).check(Schema.isMinLength(1), Schema.makeFilter(addToOne)),
        "The parts; shares add to 1."
      )
    }),
    Schema.Struct({
      kind: kind("bands", "Several kinds of calls, each lognormal by mean and variation: refusals, interviews, sales."),
      bands: required(
        Schema.Array(Band).check(Schema.isMinLength(1), Schema.makeFilter(addToOne)),
        "The bands; shares add to 1."
      )
    })
  ])
}
export type Distribution = ReturnType<typeof formsIn>["Type"]

/** The words stand on both sides of the check, because the encoded form has no check. */
const checked = (form: ReturnType<typeof formsIn>, identifier: string, title: string) =>
  form
    .annotate({ title })
    .check(Schema.makeFilter((value: Distribution) => impossible(value)))
    .annotate({ identifier, title })

/** A law of a time in seconds. */
export const Distribution = checked(formsIn(inSeconds, "Law"), "Distribution", titleIn(inSeconds))

/** A law of a time in minutes. */
export const DistributionOfMinutes = checked(
  formsIn(inMinutes, "LawOfMinutes"),
  "DistributionOfMinutes",
  titleIn(inMinutes)
)

/** The law the simulator draws from. */
export const toDistribution = (value: Distribution): DistributionSpec => {
  if (typeof value === "number") return { kind: "constant", value }
  if (!("kind" in value)) return { kind: "empirical", values: value }
  switch (value.kind) {
    case "normal":
      return { ...value, min: value.min ?? 0 }
    case "mixture":
      return mixtureOf(value.parts.map(({ share, of }) => ({ share, of: toDistribution(of) })))
    case "bands":
      return mixtureOf(value.bands.map((band) => ({ share: band.share, of: lawOfBand(band) })))
    default:
      return value
  }
}

const lawOfBand = ({ mean, cv }: { readonly mean: number; readonly cv?: number }): DistributionSpec =>
  cv === undefined || cv === 0 ? { kind: "constant", value: mean } : { kind: "lognormal", mean, cv }

/** The law in seconds of one that is written in minutes. */
export const toDistributionOfMinutes = (value: Distribution): DistributionSpec => inSecondsOf(toDistribution(value))

const inSecondsOf = (spec: DistributionSpec): DistributionSpec => {
  switch (spec.kind) {
    case "constant":
      return { ...spec, value: spec.value * 60 }
    case "uniform":
      return { ...spec, min: spec.min * 60, max: spec.max * 60 }
    case "exponential":
    case "gamma":
      return { ...spec, mean: spec.mean * 60 }
    case "normal":
      return { ...spec, mean: spec.mean * 60, sd: spec.sd * 60, min: (spec.min ?? 0) * 60, ...upTo(spec.max) }
    case "lognormal":
      return { ...spec, mean: spec.mean * 60, ...upTo(spec.max) }
    case "lognormalLog":
      return { ...spec, mu: spec.mu + Math.log(60), ...upTo(spec.max) }
    case "weibull":
    case "burr12":
      return { ...spec, scale: spec.scale * 60 }
    case "empirical":
      return { ...spec, values: spec.values.map((value) => value * 60) }
    case "mixture":
      return { ...spec, parts: spec.parts.map(({ of, share }) => ({ share, of: inSecondsOf(of) })) }
  }
}
const upTo = (minutes: number | undefined) => (minutes === undefined ? {} : { max: minutes * 60 })

const mixtureOf = (
  parts: ReadonlyArray<{ readonly share: number; readonly of: DistributionSpec }>
): DistributionSpec => {
  const sum = parts.reduce((total, part) => total + part.share, 0)
  return { kind: "mixture", parts: sum === 1 ? parts : parts.map(({ share, of }) => ({ share: share / sum, of })) }
}

const impossible = (value: Distribution): string | { path: Array<string>; issue: string } | undefined => {
  if (typeof value === "object" && "kind" in value && "min" in value) {
    const { min, max } = value
    if (min !== undefined && max !== undefined && min >= max)
      return { path: ["min"], issue: `less than max, which is ${max}` }
  }
  try {
    quantileOf(toDistribution(value))
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return "bounds that leave some of the law between them"
    throw error
  }
}
