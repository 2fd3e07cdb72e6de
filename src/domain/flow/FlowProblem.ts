import { pathText } from "../plainData.ts"

export type FlowPath = ReadonlyArray<string | number>

/** One thing wrong with a call flow, or worth a look, in words for the person who wrote it. */
export interface FlowProblem {
  readonly path: FlowPath
  /** What stands there; `nothing` for a field that is missing. */
  readonly found: string
  readonly allowed: string
  /** A flow with an error cannot be used. */
  readonly severity: "error" | "warning"
}

/** `steps[2].keys.9` */
export const flowPathText = (path: FlowPath): string => pathText(path) || "the flow"

export const flowProblemText = ({ allowed, found, path, severity }: FlowProblem): string =>
  `${flowPathText(path)}: ${severity === "warning" ? "warning: " : ""}found ${found}; allowed: ${allowed}`

const foundLengthMax = 60

/** A value as one short line. The value must be plain data, such as parsed JSON. */
export const foundText = (value: unknown): string => {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing")
  return text.length <= foundLengthMax ? text : `${text.slice(0, foundLengthMax - 1)}…`
}
