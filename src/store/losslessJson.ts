/**
 * JSON that gives back exactly what was written, where plain JSON does not: NaN, the infinities, -0, `undefined` and
 * arrays of numbers of one size. Histograms are mostly zeros, so of those arrays only the other values are kept.
 */
export const writeJson = (value: unknown): string => JSON.stringify(marked(value))

/** Throws a SyntaxError where the text is not of `writeJson`. */
export const readJson = (text: string): unknown => unmarked(JSON.parse(text) as unknown)

/** The only key of an object that stands for something else. */
const mark = "$"

const marked = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? value : markedNumber(value)
  if (value === undefined) return { [mark]: "undefined" }
  if (typeof value !== "object" || value === null) return value
  if (value instanceof Float64Array) return { [mark]: "float64", length: value.length, at: filled(value) }
  if (value instanceof Int32Array) return { [mark]: "int32", values: [...value] }
  if (Array.isArray(value)) return value.map(marked)
  const entries = Object.entries(value).map(([key, each]) => [key, marked(each)] as const)
  return Object.hasOwn(value, mark) ? { [mark]: "object", entries } : Object.fromEntries(entries)
}

const markedNumber = (value: number): unknown => ({ [mark]: Object.is(value, -0) ? "-0" : String(value) })

/** Index and value in turn of everything but zeros. */
const filled = (values: Float64Array): ReadonlyArray<unknown> => {
  const at: Array<unknown> = []
  for (let i = 0; i < values.length; i += 1) if (!Object.is(values[i], 0)) at.push(i, marked(values[i]))
  return at
}

const unmarked = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(unmarked)
  if (Object.hasOwn(value, mark)) return standsFor(value as Record<string, unknown>)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unmarked(each)]))
}

const standsFor = (value: Record<string, unknown>): unknown => {
  switch (value[mark]) {
    case "undefined":
      return undefined
    case "NaN":
    case "Infinity":
    case "-Infinity":
    case "-0":
      return Number(value[mark])
    case "object":
      return Object.fromEntries(
        (value["entries"] as ReadonlyArray<[string, unknown]>).map(([key, each]) => [key, unmarked(each)])
      )
    case "float64":
      return float64(value["length"] as number, value["at"] as ReadonlyArray<unknown>)
    case "int32":
      return Int32Array.from(value["values"] as ReadonlyArray<number>)
    default:
      throw new SyntaxError(`an unknown mark ${JSON.stringify(value[mark])}`)
  }
}

const float64 = (length: number, at: ReadonlyArray<unknown>): Float64Array => {
  const values = new Float64Array(length)
  for (let i = 0; i < at.length; i += 2) values[at[i] as number] = unmarked(at[i + 1]) as number
  return values
}
