import type { Prompt } from "../../src/domain/flow/CallFlow.ts"
import { fillText } from "../../src/domain/flow/spokenText.ts"

/** Words of a text as they are spoken: every digit is one, and so is every placeholder. */
export const spokenWords = (text: string): number =>
  (fillText(text, () => "word").match(/\d|\p{L}[\p{L}\p{M}'’-]*/gu) ?? []).length

/** Seconds a prompt is heard; null for a sound file whose length is not given. */
export const promptSeconds = (
  prompt: Prompt | undefined,
  given: number | undefined,
  wordsPerMinute: number
): number | null => {
  if (prompt === undefined) return 0
  if (given !== undefined) return given
  return "text" in prompt ? (spokenWords(prompt.text) * 60) / wordsPerMinute : null
}
