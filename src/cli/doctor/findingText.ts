import { wrap } from "../textTable.ts"
import type { Finding } from "./Finding.ts"

const marks = { unicode: { ok: "✓", warning: "!", problem: "✗" }, ascii: { ok: "+", warning: "!", problem: "x" } }

/** Findings for a terminal: a line each, and below it what to do. */
export const findingText = (findings: ReadonlyArray<Finding>, columns: number, unicode: boolean): string => {
  const signs = unicode ? marks.unicode : marks.ascii
  const longest = Math.max(...findings.map(({ check }) => check.length))
  const indent = longest + 6
  const width = Math.max(30, columns - indent)
  const hanging = (text: string): string => wrap(text, width).replaceAll("\n", `\n${" ".repeat(indent)}`)
  return findings
    .map(({ check, found, level, todo }) => {
      // Longer texts, such as the problems of a file, keep their own lines.
      const [first, ...rest] = found.split("\n")
      const lines = [`  ${signs[level]} ${check.padEnd(longest)}  ${hanging(first)}`, ...rest]
      if (todo !== null) lines.push(`${" ".repeat(indent)}${hanging(`${unicode ? "→" : "->"} ${todo}`)}`)
      return lines.join("\n")
    })
    .join("\n")
}

const counted = (count: number, one: string): string => `${count === 0 ? "no" : count} ${one}${count === 1 ? "" : "s"}`

/** `2 problems, no warnings.` */
export const verdict = (findings: ReadonlyArray<Finding>): string => {
  const of = (level: Finding["level"]): number => findings.filter((each) => each.level === level).length
  return `${counted(of("problem"), "problem")}, ${counted(of("warning"), "warning")}.`.replace(/^n/, "N")
}
