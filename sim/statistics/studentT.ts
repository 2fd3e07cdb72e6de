import jstat from "jstat"

/** The t below which a share `probability`, between 0 and 1, of Student's law lies. */
export const studentTQuantile = (probability: number, degreesOfFreedom: number): number =>
  jstat.studentt.inv(probability, degreesOfFreedom)

/** The t that |T| stays below with probability `confidence`: 2.262157 for 0.95 and 9 degrees of freedom. */
export const studentTTwoSided = (confidence: number, degreesOfFreedom: number): number =>
  studentTQuantile((1 + confidence) / 2, degreesOfFreedom)

/**
 * The confidence each of `count` intervals needs so that all hold together with at least `confidence` (Bonferroni's
 * inequality): for comparing one policy with several.
 */
export const bonferroni = (confidence: number, count: number): number => 1 - (1 - confidence) / count
