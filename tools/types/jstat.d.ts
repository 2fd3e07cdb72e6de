/** The part of jstat we use; the package brings no types of its own. */
declare module "jstat" {
  interface Distribution<Parameters extends ReadonlyArray<number>> {
    pdf(x: number, ...parameters: Parameters): number
    cdf(x: number, ...parameters: Parameters): number
    inv(p: number, ...parameters: Parameters): number
    mean(...parameters: Parameters): number
    variance(...parameters: Parameters): number
  }
  interface DiscreteDistribution<Parameters extends ReadonlyArray<number>> {
    pdf(k: number, ...parameters: Parameters): number
    cdf(k: number, ...parameters: Parameters): number
  }
  interface JStat {
    readonly beta: Distribution<[alpha: number, beta: number]>
    readonly centralF: Distribution<[df1: number, df2: number]>
    readonly chisquare: Distribution<[degreesOfFreedom: number]>
    readonly exponential: Distribution<[rate: number]>
    readonly gamma: Distribution<[shape: number, scale: number]>
    readonly lognormal: Distribution<[mu: number, sigma: number]>
    readonly normal: Distribution<[mean: number, standardDeviation: number]>
    readonly studentt: Distribution<[degreesOfFreedom: number]>
    readonly tukey: {
      cdf(q: number, groupCount: number, degreesOfFreedom: number): number
      inv(p: number, groupCount: number, degreesOfFreedom: number): number
    }
    readonly uniform: Distribution<[low: number, high: number]>
    readonly weibull: Distribution<[scale: number, shape: number]>
    readonly binomial: DiscreteDistribution<[trials: number, probability: number]>
    readonly negbin: DiscreteDistribution<[failures: number, probability: number]>
    readonly poisson: DiscreteDistribution<[mean: number]>
    betafn(x: number, y: number): number
    betaln(x: number, y: number): number
    gammafn(x: number): number
    gammaln(x: number): number
    gammap(a: number, x: number): number
    erf(x: number): number
    erfc(x: number): number
    ibeta(x: number, a: number, b: number): number
    ibetainv(p: number, a: number, b: number): number
    lowRegGamma(a: number, x: number): number
    mean(values: ReadonlyArray<number>): number
    variance(values: ReadonlyArray<number>, sample?: boolean): number
    stdev(values: ReadonlyArray<number>, sample?: boolean): number
    percentile(values: ReadonlyArray<number>, k: number): number
  }
  const jStat: JStat
  export default jStat
}
