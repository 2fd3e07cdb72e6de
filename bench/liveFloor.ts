import { writeFileSync } from "node:fs"
import { join } from "node:path"

export const callsPerSecond = 20
export const talkMillis = 5_000
export const ringMillis = 300
/** Somewhat more than talk and ring at once, so that the trunk's limit decides. */
const agents = 120
/** More than a run can call. */
const contacts = 1_500

export const agentUsers: ReadonlyArray<string> = Array.from({ length: agents }, (_, index) => `agent${index}`)

export const socketIn = (cwd: string): string => join(cwd, "floor.sqlite.control")

export interface Hosts {
  readonly host: string
  readonly trunk: string
  readonly phones: string
}

/** British numbers kept free for fiction, a thousand each of Leeds, Sheffield and so on. */
const numberOf = (index: number): string =>
  `+44${113 + Math.floor(index / 1_000)}496${String(index % 1_000).padStart(4, "0")}`

/**
 * Writes outpace.yaml and its list: one predictive campaign with a line for every agent who waits, so that somebody is
 * there for each answer and the wait is the dialler's own. Wrap-up is 0.1 s.
 */
export const writeFloor = (cwd: string, { host, phones, trunk }: Hosts): void => {
  const lines = [
    "name: Bench",
    "zone: Europe/London",
    "store: floor.sqlite",
    `sip: { address: ${host}, peers: [127.0.0.0/8], requestsPerSecond: 10000, sessionTimers: false }`,
    "media: { ports: [10000, 11999] }",
    "trunks:",
    `  - { name: carrier, host: "${trunk}", linesMax: 300, callsPerSecondMax: ${callsPerSecond}, callerNumber: "${numberOf(1_999)}", keepAliveSeconds: 0 }`,
    "groups:",
    "  - name: team",
    "    alwaysOn: true",
    "    agents:",
    ...agentUsers.map((user) => `      - { name: ${user}, user: ${user}, address: "sip:${user}@${phones}" }`),
    "campaigns:",
    "  - name: Calls",
    "    mode: predictive",
    "    pacing: { kind: fixed-ratio, linesPerAgent: 1 }",
    "    rules: { attemptsMax: 1, wrapSecondsMax: 0.1, ringSecondsMax: 20 }",
    "    law: none",
    "    list: { file: contacts.csv, country: GB, numbers: [Phone], fields: { firstName: Name } }",
    "    abandonMessage: { text: This was a bench. }",
    ""
  ]
  writeFileSync(join(cwd, "outpace.yaml"), lines.join("\n"))
  const rows = Array.from({ length: contacts }, (_, index) => `Person ${index},${numberOf(index)}`)
  writeFileSync(join(cwd, "contacts.csv"), ["Name,Phone", ...rows].join("\n"))
}
