import { Schema } from "effect"
import { type DistributionSpec, quantileOf } from "../random/distributions.ts"
import { derived, Ratio, required, Seconds, Share, Variation } from "./fields.ts"

/**
 * How a scenario file writes a law of a time. All times are seconds. The short forms are a bare number (always that
 * long) and a bare list (measured values, drawn with replacement).
 */
const kind = <K extends string>(name: K, description: string) => required(Schema.Literal(name), description)
const Positive = Schema.Finite.annotate({ "x-unit": "s" }).check(
  Schema.isGreaterThan(0),
  Schema.isLessThanOrEqualTo(86_400)
)
const Shape = Schema.Finite.annotate({ "x-unit": "ratio" }).check(
  Schema.isGreaterThan(0),
  Schema.isLessThanOrEqualTo(100)
)
const VariationPositive = Schema.Finite.annotate({ "x-unit": "ratio" }).check(
  Schema.isGreaterThan(0),
  Schema.isLessThanOrEqualTo(10)
)
const mean = required(Positive, "Mean.")
const Values = Schema.Array(Seconds).check(Schema.isMinLength(1), Schema.isMaxLength(100_000))
const Length = Seconds.annotate({ title: "always the same" })
const Measured = Values.annotate({ title: "measured values" })

const laws = [
  Schema.Struct({ kind: kind("constant", "Always the same time."), value: required(Seconds, "The time.") }),
  Schema.Struct({
    kind: kind("uniform", "Every time between two bounds is equally likely."),
    min: required(Seconds, "Shortest time."),
    max: required(Seconds, "Longest time.")
  }),
  Schema.Struct({ kind: kind("exponential", "Without memory; very short times are the most frequent."), mean }),
  Schema.Struct({
    kind: kind("normal", "Bell curve; cut at `min` and `max`, without piling up there."),
    mean,
    sd: required(Positive, "Standard deviation before the cut."),
    min: derived(Seconds, "0", "Nothing shorter."),
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

const Law = Schema.Union([Length, Measured, ...laws]).annotate({
  identifier: "Law",
  title: "a time in seconds: a number, a list of measured values, or a law by `kind`"
})

const Part = Schema.Struct({ share: required(Share, "Share of the calls."), of: required(Law, "Their time.") })
const Band = Schema.Struct({
  share: required(Share, "Share of the calls."),
  mean: required(Positive, "Mean time of the band."),
  cv: derived(Variation, "0, always the mean", "Spread within the band: standard deviation over mean.")
})

/** Shares written with a few decimals may miss 1 by this much; they are scaled to add to 1. */
export const shareTolerance = 1e-6
const addToOne = (parts: ReadonlyArray<{ readonly share: number }>) => {
  const sum = parts.reduce((total, part) => total + part.share, 0)
  return Math.abs(sum - 1) <= shareTolerance
    ? undefined
    : `parts whose shares add to 1 (these add to ${Number(sum.toFixed(6))})`
}

const Form = Schema.Union([
  Length,
  Measured,
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
export type Distribution = typeof Form.Type

const title = "a time in seconds: a number, a list of measured values, or a law by `kind`"

/** A law of a time in seconds. The words stand on both sides of the check, because the encoded form has no check. */
export const Distribution = Form.annotate({ title })
  .check(Schema.makeFilter((value) => impossible(value)))
  .annotate({ identifier: "Distribution", title })

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

const lawOfBand = ({ mean, cv }: typeof Band.Type): DistributionSpec =>
  cv === undefined || cv === 0 ? { kind: "constant", value: mean } : { kind: "lognormal", mean, cv }

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
