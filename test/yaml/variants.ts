/** Every place of a value, and the value with another one put there. */
export const variants = function* (value: unknown, others: ReadonlyArray<unknown>): Generator<unknown> {
  yield* others
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const each of variants(item, others)) yield value.with(i, each)
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const each of variants(item, others)) yield { ...value, [key]: each }
    }
  }
}
