/** What a check found. */
export interface Finding {
  /** What was looked at, such as `trunk carrier: registration`. */
  readonly check: string
  readonly level: "ok" | "warning" | "problem"
  readonly found: string
  /** What to do about it; null where nothing is to be done. */
  readonly todo: string | null
}

export const ok = (check: string, found: string): Finding => ({ check, level: "ok", found, todo: null })
export const warning = (check: string, found: string, todo: string): Finding => ({
  check,
  level: "warning",
  found,
  todo
})
export const problem = (check: string, found: string, todo: string): Finding => ({
  check,
  level: "problem",
  found,
  todo
})
