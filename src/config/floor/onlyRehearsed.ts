import type { FieldProblem } from "../../yaml/FieldProblem.ts"

/** Fields of a scenario's campaign that say how simulated people behave, and when a simulated day changes. */
const fields: ReadonlySet<string> = new Set(["people", "work", "changes", "modesAllowed", "callers"])
const inList: ReadonlySet<string> = new Set([
  ...["contacts", "endless", "prefixes", "requestsPerHour", "unknownZoneShare", "doNotCallShare"],
  ...["repeatedNumberShare", "priorities", "parameters", "bestHours"]
])
const inDetection: ReadonlySet<string> = new Set([
  ...["delaySeconds", "personAsMachineShare", "machineAsPersonShare", "heardShare"]
])
const inDispositions: ReadonlySet<string> = new Set(["share", "askedAfterMinutes"])

/** Tells somebody who copied a campaign from a scenario which of its fields are of rehearsals alone. */
export const onlyRehearsed = (problem: FieldProblem): FieldProblem => {
  const [campaigns, , block, ...rest] = problem.path
  if (campaigns !== "campaigns" || !problem.atKey) return problem
  const key = String(problem.path.at(-1))
  const isOne =
    rest.length === 0
      ? fields.has(key)
      : (block === "list" && inList.has(key)) ||
        (block === "detection" && inDetection.has(key)) ||
        (block === "dispositions" && inDispositions.has(key))
  return isOne ? { ...problem, hint: "only rehearsals have it: remove it here" } : problem
}
