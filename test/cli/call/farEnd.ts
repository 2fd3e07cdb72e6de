import { Effect } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { freePort, sipp } from "../../sip/contract/sipp.ts"
import type { Step } from "../../sip/contract/scenario.ts"
import { addressText } from "../../../src/sip/wire/Address.ts"

/** Writes a floor with one trunk into the folder; `change` makes it another one. */
export const writeFloor = (
  folder: string,
  trunk: Address,
  port: number,
  change: (text: string) => string = (text) => text
): void =>
  writeFileSync(
    join(folder, "outpace.yaml"),
    change(`name: Test
sip: { address: 127.0.0.1, port: ${port}, peers: [127.0.0.0/8] }
media: { ports: [${mediaPort(port)}, ${mediaPort(port) + 19}] }
trunks:
  - { name: carrier, host: "${addressText(trunk)}", linesMax: 10, callerNumber: "+4930901820" }
groups:
  - name: team
    agents: [{ name: Ann, user: ann, password: hush }]
campaigns:
  - name: Calls
    mode: progressive
    list: { file: contacts.csv, country: DE, numbers: [Phone] }
`)
  )

/** Ports of sound that two floors on this machine do not share, below those the system gives out. */
const mediaPort = (port: number): number => 10_000 + 20 * (port % 1_000)

/** SIPp as the carrier, and a floor that calls over it. */
export const floorAt = Effect.fnUntraced(function* (
  folder: string,
  steps: ReadonlyArray<Step>,
  change?: (text: string) => string
) {
  const far = yield* sipp("call", steps)
  const port = yield* freePort("127.0.0.1")
  writeFloor(folder, far.address, port, change)
  return { ...far, port }
})

/** The lines of an output with times, ports and durations in place of what differs each time. */
export const settled = (out: string): ReadonlyArray<string> =>
  out.split("\n").map((line) => line.replace(/^ +\d+\.\d{3} /, "   t.ttt ").replace(/after \d+\.\d s/g, "after N s"))
