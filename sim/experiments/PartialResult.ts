import { Context, Ref } from "effect"
import type { Result } from "./Result.ts"

/**
 * The latest complete part of the experiment that runs, `finished` false: what is left after an interruption. Provide a
 * `Ref` of your own and read it afterwards; `null` while nothing is complete yet.
 */
export class PartialResult extends Context.Reference<Ref.Ref<Result | null>>("sim/experiments/PartialResult", {
  defaultValue: () => Ref.makeUnsafe<Result | null>(null)
}) {}
