import jstat from "jstat"
import type { Draws } from "./Draws.ts"
import { gammaQuantileByScore } from "./gammaQuantile.ts"
import { Law } from "./Law.ts"
import { normalQuantile } from "./normalQuantile.ts"

/**
 * A law of a duration, as plain data. Times are seconds (the same formulas serve for any unit). `cv` is the standard
 * deviation over the mean. The mean and cv of a truncated law are those before truncation; truncation is conditioning,
 * so no mass piles up at the bounds.
 */
export type DistributionSpec =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly min: number; readonly max: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | {
      readonly kind: "normal"
      readonly mean: number
      readonly sd: number
      readonly min?: number | undefined
      readonly max?: number | undefined
    }
  | { readonly kind: "lognormal"; readonly mean: number; readonly cv: number; readonly max?: number | undefined }
  /** By the mean and standard deviation of the logarithm, as fits report it. */
  | { readonly kind: "lognormalLog"; readonly mu: number; readonly sigma: number; readonly max?: number | undefined }
  | { readonly kind: "gamma"; readonly mean: number; readonly cv: number }
  | { readonly kind: "weibull"; readonly shape: number; readonly scale: number }
  /** F(x) = 1 − (1 + (x/scale)^c)^−d. */
  | { readonly kind: "burr12"; readonly c: number; readonly d: number; readonly scale: number }
  /** Observed values, drawn with replacement. */
  | { readonly kind: "empirical"; readonly values: ReadonlyArray<number> }
  /** Shares add to 1. */
  | { readonly kind: "mixture"; readonly parts: ReadonlyArray<MixturePart> }

export interface MixturePart {
  readonly share: number
  readonly of: DistributionSpec
}

/** Draws one value. Always takes exactly one uniform, whatever the law. */
export type Sampler = (draws: Draws) => number

/** Laws made so far: every shift of a scenario has the same. */
const laws = new WeakMap<DistributionSpec, Law>()

export const lawOf = (spec: DistributionSpec): Law => {
  const known = laws.get(spec)
  if (known !== undefined) return known
  const form = spec.kind === "constant" ? "constant" : isSmooth[spec.kind] ? "smooth" : "other"
  const law = new Law(quantileOf(spec), form)
  laws.set(spec, law)
  return law
}

export const samplerOf = (spec: DistributionSpec): Sampler => {
  const law = lawOf(spec)
  return (draws) => law.draw(draws)
}

/** Laws whose quantile function costs more than a look into a table. */
const isSmooth: Readonly<Record<DistributionSpec["kind"], boolean>> = {
  constant: false,
  uniform: false,
  exponential: false,
  normal: true,
  lognormal: true,
  lognormalLog: true,
  gamma: true,
  weibull: true,
  burr12: true,
  empirical: false,
  mixture: false
}

/** The quantile function: increasing in p on (0, 1), except across the parts of a mixture. */
export const quantileOf = (spec: DistributionSpec): ((p: number) => number) => {
  switch (spec.kind) {
    case "constant":
      return () => spec.value
    case "uniform":
      return (p) => spec.min + (spec.max - spec.min) * p
    case "exponential":
      return (p) => -spec.mean * Math.log(1 - p)
    case "normal": {
      const { lowest, kept } = normalTruncation(spec)
      return (p) => spec.mean + spec.sd * normalQuantile(lowest + kept * p)
    }
    case "lognormal":
    case "lognormalLog": {
      const { mu, sigma } = logMoments(spec)
      const kept = lognormalKept(spec)
      return (p) => Math.exp(mu + sigma * normalQuantile(kept * p))
    }
    case "gamma": {
      const shape = 1 / (spec.cv * spec.cv)
      const scale = spec.mean / shape
      const quantile = gammaQuantileByScore(shape)
      return (p) => scale * quantile(normalQuantile(p))
    }
    case "weibull":
      return (p) => spec.scale * (-Math.log(1 - p)) ** (1 / spec.shape)
    case "burr12":
      return (p) => spec.scale * Math.expm1(-Math.log(1 - p) / spec.d) ** (1 / spec.c)
    case "empirical":
      return empiricalQuantile(spec.values)
    case "mixture":
      return mixtureQuantile(spec.parts)
  }
}

/** μ and σ of the logarithm: σ² = ln(1 + cv²), μ = ln mean − σ²/2. */
export const logMoments = (
  spec: Extract<DistributionSpec, { kind: "lognormal" | "lognormalLog" }>
): { readonly mu: number; readonly sigma: number } => {
  if (spec.kind === "lognormalLog") return spec
  const variance = Math.log1p(spec.cv * spec.cv)
  return { mu: Math.log(spec.mean) - variance / 2, sigma: Math.sqrt(variance) }
}

/** The share of the lognormal law at or below its `max`. */
export const lognormalKept = (spec: Extract<DistributionSpec, { kind: "lognormal" | "lognormalLog" }>): number => {
  if (spec.max === undefined) return 1
  const { mu, sigma } = logMoments(spec)
  return enough(jstat.normal.cdf(Math.log(spec.max), mu, sigma), spec)
}

/** The share of the normal law below `min`, and the share between `min` and `max`. */
export const normalTruncation = (
  spec: Extract<DistributionSpec, { kind: "normal" }>
): { readonly lowest: number; readonly kept: number } => {
  const lowest = spec.min === undefined ? 0 : jstat.normal.cdf(spec.min, spec.mean, spec.sd)
  const highest = spec.max === undefined ? 1 : jstat.normal.cdf(spec.max, spec.mean, spec.sd)
  return { lowest, kept: enough(highest - lowest, spec) }
}

/** Below a millionth the bounds miss the law, which is a mistake in the scenario and would cost precision here. */
const keptMin = 1e-6

const enough = (kept: number, spec: DistributionSpec): number => {
  if (kept >= keptMin) return kept
  throw new RangeError(`the bounds leave ${kept} of the law: ${JSON.stringify(spec)}`)
}

const empiricalQuantile = (values: ReadonlyArray<number>): ((p: number) => number) => {
  if (values.length === 0) throw new RangeError("an empirical law needs at least one value")
  const sorted = Float64Array.from(values).sort()
  return (p) => sorted[Math.floor(p * sorted.length)]
}

/** Tolerance for shares that were written as rounded decimals. */
const shareTolerance = 1e-9

/** Which part a uniform falls into decides the part; where in that part it falls is the uniform of the part's own law. */
const mixtureQuantile = (parts: ReadonlyArray<MixturePart>): ((p: number) => number) => {
  const total = parts.reduce((sum, part) => sum + part.share, 0)
  if (Math.abs(total - 1) > shareTolerance) throw new RangeError(`the shares of a mixture add to ${total}, not 1`)
  const present = parts.filter((part) => part.share > 0)
  const quantiles = present.map((part) => quantileOf(part.of))
  const shares = present.map((part) => part.share)
  const last = shares.length - 1
  return (p) => {
    let rest = p
    let index = 0
    while (index < last && rest >= shares[index]) {
      rest -= shares[index]
      index += 1
    }
    // Rounding can leave the ends themselves, which quantile functions do not take.
    return quantiles[index](Math.min(Math.max(rest / shares[index], uniformMin), 1 - uniformMin))
  }
}

/** The smallest uniform that `Draws.next` gives. */
const uniformMin = 2 ** -33
