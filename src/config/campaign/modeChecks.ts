import { type ModeName, modes } from "../../domain/Mode.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import type { Report } from "./Campaign.ts"
import { kindOf, type Pacing } from "./Pacing.ts"

/** Whether a mode allows a pacing. */
export const pacingCheck = (mode: ModeName, pacing: Pacing, path: FieldPath, report: Report): void => {
  const { pacing: kinds } = modes[mode]
  if (kinds.includes(kindOf(pacing))) return
  const allowed = kinds.length === 1 ? kinds[0] : `one of ${kinds.join(", ")}`
  report(typeof pacing === "string" ? path : [...path, "kind"], `${allowed} (mode ${mode})`)
}

/** Whether groups a campaign names are there, each once. */
export const groupNameChecks = (
  named: ReadonlyArray<string>,
  all: ReadonlyArray<string>,
  path: FieldPath,
  report: Report
): void => {
  named.forEach((name, index) => {
    const at = [...path, "groups", index]
    if (named.indexOf(name) !== index) report(at, "every group once")
    else if (!all.includes(name))
      report(at, all.length === 0 ? "no group: the file has none" : `one of ${all.join(", ")}`)
  })
}

/** Whether the names of the items of a list differ. */
export const uniqueNames = (
  path: FieldPath,
  items: ReadonlyArray<{ readonly name?: string | undefined }>,
  report: Report
): void => {
  items.forEach(({ name }, index) => {
    if (name === undefined || items.findIndex((other) => other.name === name) === index) return
    report([...path, index, "name"], "a name that no other of the list has")
  })
}
