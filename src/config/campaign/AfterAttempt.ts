import { Schema } from "effect"

/** What becomes of contacts after an attempt; the rules themselves are looked at in `conductChecks.ts`. */
export const AfterAttempt = Schema.Union([Schema.Literal("default"), Schema.Array(Schema.Unknown)]).annotate({
  title: "default, or a list of rules as in docs/rules.md"
})
export type AfterAttempt = typeof AfterAttempt.Type
