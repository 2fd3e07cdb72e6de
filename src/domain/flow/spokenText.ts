/**
 * Text to be spoken, or kept, with places for what is known of the contact: `{firstName}`, `{parameter.Amount}`,
 * `{answer.bill}`. What follows a bar is taken when the value is missing: `{firstName|neighbour}`.
 */
export interface Placeholder {
  readonly field: string
  /** The empty text unless the placeholder has one. */
  readonly otherwise: string
}

export const answerPrefix = "answer."

const placeholder = /\{([^{}|]+)(?:\|([^{}]*))?\}/g

export const placeholdersOf = (text: string): ReadonlyArray<Placeholder> =>
  [...text.matchAll(placeholder)].map(([, field, otherwise]) => ({ field, otherwise: otherwise ?? "" }))

/** Whether every brace belongs to a placeholder. */
export const hasWholePlaceholders = (text: string): boolean => !/[{}]/.test(text.replace(placeholder, ""))

/** The text with its values. `valueOf` gives null or the empty text for what is missing. */
export const fillText = (text: string, valueOf: (field: string) => string | null): string =>
  text.replace(placeholder, (_, field: string, otherwise: string | undefined) => {
    const value = valueOf(field)
    return value === null || value === "" ? (otherwise ?? "") : value
  })
