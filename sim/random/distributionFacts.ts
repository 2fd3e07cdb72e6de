import jstat from "jstat"
import { type DistributionSpec, logMoments, lognormalKept, normalTruncation } from "./distributions.ts"

/** The exact mean, in the unit of the law; Infinity where it does not exist (Burr XII with c·d ≤ 1). */
export const meanOf = (spec: DistributionSpec): number => {
  switch (spec.kind) {
    case "constant":
      return spec.value
    case "uniform":
      return (spec.min + spec.max) / 2
    case "exponential":
    case "gamma":
      return spec.mean
    case "normal": {
      const density = (bound: number | undefined) =>
        bound === undefined ? 0 : jstat.normal.pdf((bound - spec.mean) / spec.sd, 0, 1)
      const { kept } = normalTruncation(spec)
      return spec.mean + (spec.sd * (density(spec.min) - density(spec.max))) / kept
    }
    case "lognormal":
    case "lognormalLog": {
      const { mu, sigma } = logMoments(spec)
      const whole = Math.exp(mu + (sigma * sigma) / 2)
      if (spec.max === undefined) return whole
      return (whole * jstat.normal.cdf(Math.log(spec.max), mu + sigma * sigma, sigma)) / lognormalKept(spec)
    }
    case "weibull":
      return spec.scale * jstat.gammafn(1 + 1 / spec.shape)
    case "burr12":
      if (spec.c * spec.d <= 1) return Infinity
      return spec.scale * spec.d * jstat.betafn(spec.d - 1 / spec.c, 1 + 1 / spec.c)
    case "empirical":
      return spec.values.reduce((sum, value) => sum + value, 0) / spec.values.length
    case "mixture":
      return spec.parts.reduce((sum, part) => sum + part.share * meanOf(part.of), 0)
  }
}

/** The exact chance of a value at or below x. */
export const cdf = (spec: DistributionSpec, x: number): number => {
  switch (spec.kind) {
    case "constant":
      return x >= spec.value ? 1 : 0
    case "uniform":
      return clamp((x - spec.min) / (spec.max - spec.min))
    case "exponential":
      return x <= 0 ? 0 : -Math.expm1(-x / spec.mean)
    case "normal": {
      const { lowest, kept } = normalTruncation(spec)
      return clamp((jstat.normal.cdf(x, spec.mean, spec.sd) - lowest) / kept)
    }
    case "lognormal":
    case "lognormalLog": {
      if (x <= 0) return 0
      const { mu, sigma } = logMoments(spec)
      return clamp(jstat.normal.cdf(Math.log(x), mu, sigma) / lognormalKept(spec))
    }
    case "gamma": {
      const shape = 1 / (spec.cv * spec.cv)
      return x <= 0 ? 0 : jstat.lowRegGamma(shape, (x * shape) / spec.mean)
    }
    case "weibull":
      return x <= 0 ? 0 : -Math.expm1(-((x / spec.scale) ** spec.shape))
    case "burr12":
      return x <= 0 ? 0 : 1 - (1 + (x / spec.scale) ** spec.c) ** -spec.d
    case "empirical":
      return spec.values.filter((value) => value <= x).length / spec.values.length
    case "mixture":
      return spec.parts.reduce((sum, part) => sum + part.share * cdf(part.of, x), 0)
  }
}

const clamp = (p: number): number => Math.min(Math.max(p, 0), 1)
