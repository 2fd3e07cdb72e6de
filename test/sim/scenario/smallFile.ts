import { Result } from "effect"
import { readScenario } from "../../../sim/scenario/readScenario.ts"
import type { Scenario } from "../../../sim/Scenario.ts"

/** The least a scenario file must say. */
export const smallFile = `name: Small
groups:
  - name: team
    agents: 3
campaigns:
  - name: Calls
    mode: progressive
    list: { contacts: 100 }
    people: { outcomes: { person: 0.25 } }
`

/** The small file with one text put in place of another, which must be there. */
export const changed = (from: string, to: string): string => {
  if (!smallFile.includes(from)) throw new Error(`the small file has no ${from}`)
  return smallFile.replace(from, to)
}

/** The whole message for a file that must be refused. */
export const refused = (text: string): string =>
  Result.match(readScenario(text, "s.yaml"), {
    onSuccess: () => "accepted",
    onFailure: (error) => error.message
  })

/** The scenario of a file that must be accepted. */
export const accepted = (text: string): Scenario => Result.getOrThrow(readScenario(text, "s.yaml"))
