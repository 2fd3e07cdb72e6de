/**
 * Two sample files of 31 December 2011 in https://github.com/impactdialing/impactdialing: a fixture, not evidence about
 * the world. Talk of 39 calls, in seconds.
 */
export const talkSeconds: ReadonlyArray<number> = [
  ...[10, 35, 34, 36, 15, 7, 8, 94, 5, 31, 16, 6, 25, 30, 34, 89, 27, 21, 45, 51],
  ...[20, 85, 67, 104, 83, 91, 74, 58, 71, 69, 101, 201, 140, 120, 130, 110, 90, 100, 150]
]

/** Ring seconds of the 17 dials that were answered, and of the 18 that were not. */
export const answeredRings: ReadonlyArray<number> = [15, 14, 10, 7, 13, 23, 15, 16, 17, 18, 14, 12, 15, 14, 13, 12, 10]
export const unansweredRings: ReadonlyArray<number> = [
  ...new Array<number>(11).fill(16),
  ...new Array<number>(7).fill(2)
]

/** Attempts per answer. */
export const attemptsPerAnswer = (answeredRings.length + unansweredRings.length) / answeredRings.length
