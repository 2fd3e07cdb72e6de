import { Result } from "effect"
import type { FloorConfig } from "../../../src/config/floor/FloorConfig.ts"
import { readFloor } from "../../../src/config/floor/readFloor.ts"

/** The least a floor must say. */
export const smallFloor = `name: Small
sip: { address: 127.0.0.1, peers: [127.0.0.0/8] }
trunks:
  - { name: carrier, host: 127.0.0.3, linesMax: 10, callerNumber: "+4930901820" }
groups:
  - name: team
    agents: [{ name: Ann, user: ann, password: hush }]
campaigns:
  - name: Calls
    mode: progressive
    list: { file: contacts.csv, country: DE, numbers: [Phone] }
`

/** Monday, 23 November 2026, 9 h in London. */
export const start = Date.UTC(2026, 10, 23, 9)

export const read = (
  text: string,
  environment: Readonly<Record<string, string>> = {},
  writtenAt: ReadonlyMap<string, number> = new Map()
): ReturnType<typeof readFloor> => {
  const context = { folder: "/srv/outpace", epochMillis: start, writtenAt }
  return readFloor(text, "outpace.yaml", new Map(Object.entries(environment)), context)
}

export const accepted = (text: string, environment: Readonly<Record<string, string>> = {}): FloorConfig =>
  Result.getOrThrow(read(text, environment))

/** The whole message for a file that must be refused. */
export const refused = (text: string, environment: Readonly<Record<string, string>> = {}): string =>
  Result.match(read(text, environment), { onSuccess: () => "accepted", onFailure: ({ message }) => message })

/** The small floor with one text put in place of another, which must be there. */
export const changed = (from: string, to: string): string => {
  if (!smallFloor.includes(from)) throw new Error(`the small floor has no ${from}`)
  return smallFloor.replace(from, to)
}
