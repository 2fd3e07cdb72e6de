import { inspect } from "node:util"

/**
 * All that can be seen of an object, its private parts included, in an order of its own: what tools show of it. Shared
 * objects are shown where they are met first.
 */
export const stateOf = (value: unknown): ReadonlyArray<string> => {
  const seen = new Map<object, number>()
  const lines: Array<string> = []
  const visit = (path: string, each: unknown): void => {
    if (typeof each === "function") return
    if (typeof each !== "object" || each === null) return void lines.push(`${path} ${inspect(each)}`)
    const known = seen.get(each)
    if (known !== undefined) return void lines.push(`${path} =${known}`)
    seen.set(each, seen.size)
    if (ArrayBuffer.isView(each)) return void lines.push(`${path} ${[...(each as Uint8Array)].join(" ")}`)
    if (each instanceof Map)
      return [...each].forEach(([key, one], i) => {
        visit(`${path}.key${i}`, key)
        visit(`${path}[${String(key)}]`, one)
      })
    if (each instanceof Set) return [...each].forEach((one, i) => visit(`${path}.${i}`, one))
    for (const [key, one] of Object.entries(each)) visit(`${path}.${key}`, one)
  }
  visit("", value)
  return lines
}
