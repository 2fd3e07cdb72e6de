import { fieldKind } from "../../src/domain/Filter.ts"

/** Fields that conditions in plain data ask for, such as those of rules and call flows, once each. */
export const fieldsIn = (data: unknown): ReadonlyArray<string> => {
  const fields = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    for (const [key, each] of Object.entries(value)) {
      if (key === "field" && typeof each === "string" && fieldKind(each) !== null) fields.add(each)
      else walk(each)
    }
  }
  walk(data)
  return [...fields]
}
