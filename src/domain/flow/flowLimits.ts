/** Bounds of a call flow. */
export const flowLimits = {
  /** Steps of a flow. */
  steps: 100,
  /** Steps one call may take, a question asked again counted again. */
  turns: 200,
  /** Steps that collect keys. */
  questions: 32,
  /** Keys of one entry. */
  keys: 20,
  /** Ways out of one step: keys of a question, cases of a branch. */
  ways: 30
} as const

/** What a step has when it does not say otherwise. */
export const flowDefaults = {
  timeoutSeconds: 5,
  repeats: 2,
  bargeIn: true,
  beep: true,
  secondsMax: 60,
  silenceSeconds: 3
} as const
