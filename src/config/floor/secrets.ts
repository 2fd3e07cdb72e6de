import type { FieldPath, FieldProblem } from "../../yaml/FieldProblem.ts"

/** Fields whose values no message shows. */
export const secretKeys: ReadonlySet<string> = new Set(["password"])

const reference = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}$/
/** Deeper than any file of settings. */
const depthMax = 30

/** Names of environment variables that a text mentions as `${NAME}`, each once. */
export const environmentNames = (text: string): ReadonlyArray<string> => [
  ...new Set([...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}/g)].map(([, name]) => name))
]

/** The data of a file with its references to the environment resolved, and what messages about it may show. */
export interface Resolved {
  readonly input: unknown
  /** The data as written, secrets hidden. */
  readonly shown: unknown
  /** References to what is not set. */
  readonly problems: ReadonlyArray<FieldProblem>
}

/** Puts values of the environment where the whole value of a field is `${NAME}`. */
export const resolveSecrets = (input: unknown, environment: ReadonlyMap<string, string>): Resolved => {
  const problems: Array<FieldProblem> = []
  const resolve = (value: unknown, path: FieldPath): unknown => {
    if (typeof value !== "string") return mapped(value, path, resolve)
    const name = reference.exec(value)?.[1]
    if (name === undefined) return value
    const found = environment.get(name)
    if (found === undefined) {
      const allowed = `an environment variable ${name} that is set, or the value itself`
      problems.push({ path, found: `${value}, which is not set`, allowed, hint: null, atKey: false })
    }
    return found ?? value
  }
  const hide = (value: unknown, path: FieldPath): unknown => {
    const isSecret = secretKeys.has(String(path.at(-1))) && (typeof value !== "object" || value === null)
    if (!isSecret) return mapped(value, path, hide)
    return typeof value === "string" && reference.test(value) ? value : "•••"
  }
  return { input: resolve(input, []), shown: hide(input, []), problems }
}

const mapped = (value: unknown, path: FieldPath, change: (value: unknown, path: FieldPath) => unknown): unknown => {
  if (typeof value !== "object" || value === null || path.length > depthMax) return value
  if (Array.isArray(value)) return value.map((each, index) => change(each, [...path, index]))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, [...path, key])]))
}

/** Whether something on the way to a field comes from the environment. */
export const isFromEnvironment = (shown: unknown, path: FieldPath): string | null => {
  let value: unknown = shown
  for (const key of path) {
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined
  }
  return typeof value === "string" && reference.test(value) ? value : null
}
