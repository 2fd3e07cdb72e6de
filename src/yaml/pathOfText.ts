import type { FieldPath } from "./FieldProblem.ts"

/**
 * The keys of a path written as text, such as `[0].when.answers.how old?[1]`. What is in `input` says where a name with dots
 * or brackets ends.
 */
export const pathOfText = (text: string, input: unknown): FieldPath => {
  const path: Array<string | number> = []
  let value = input
  let rest = text
  while (rest !== "") {
    const key = keyOf(rest, value)
    path.push(key)
    rest = rest.slice(lengthOf(rest, key))
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined
  }
  return path
}

const keyOf = (rest: string, value: unknown): string | number => {
  const index = /^\[(\d+)\]/.exec(rest)
  if (index !== null && (Array.isArray(value) || value === undefined)) return Number(index[1])
  const named = rest.startsWith(".") ? rest.slice(1) : rest
  const names = typeof value === "object" && value !== null ? Object.keys(value) : []
  const there = names.filter((name) => named.startsWith(name) && /^[.[]|^$/.test(named.slice(name.length)))
  const longest = there.reduce((best, name) => (name.length > best.length ? name : best), "")
  return longest === "" ? (/^[^.[]+/.exec(named)?.[0] ?? named) : longest
}

const lengthOf = (rest: string, key: string | number): number =>
  typeof key === "number" ? `[${key}]`.length : key.length + (rest.startsWith(".") ? 1 : 0)
