import { assert } from "@effect/vitest"
import { existsSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { layer as layerSqlite } from "../../../src/store/Sqlite.ts"
import { runCli } from "../../cli/runCli.ts"
import { until } from "./host.ts"
import { program } from "./program.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const node = join(root, "node_modules", ".bin", "node")
const main = join(root, "src", "cli", "main.ts")

/** Berlin numbers kept free for fiction, by their last three digits. */
export const numberOf = (index: number): string => `+493023125${String(index).padStart(3, "0")}`

export interface FloorPlan {
  readonly host: string
  /** Where the trunk is. */
  readonly trunk: string
  /** What it asks us for, where it does. */
  readonly credentials?: { readonly user: string; readonly password: string }
  readonly users: ReadonlyArray<string>
  readonly alwaysOn: boolean
  readonly contacts: number
  /** Further lines of the only campaign, "Calls". */
  readonly campaign: ReadonlyArray<string>
}

export const phonePassword = "s3cret"

/** Writes outpace.yaml and its list. */
export const writeFloor = (cwd: string, plan: FloorPlan): void => {
  const { alwaysOn, campaign, contacts, credentials, host, trunk, users } = plan
  const password = credentials === undefined ? "" : `, credentials: ${JSON.stringify(credentials)}`
  const agents = users.map((user) => `      - { name: ${user}, user: ${user}, password: ${phonePassword} }`)
  const lines = [
    "name: Live",
    "zone: Europe/Berlin",
    "store: floor.sqlite",
    `sip: { address: ${host}, peers: [127.0.0.0/8], digests: [MD5] }`,
    "media: { ports: [10000, 10999] }",
    "trunks:",
    `  - { name: carrier, host: "${trunk}", linesMax: 20, callsPerSecondMax: 10, callerNumber: "${numberOf(999)}", keepAliveSeconds: 0${password} }`,
    "groups:",
    "  - name: team",
    `    alwaysOn: ${alwaysOn}`,
    "    agents:",
    ...agents,
    "campaigns:",
    "  - name: Calls",
    "    list: { file: contacts.csv, country: DE, numbers: [Phone], fields: { firstName: Name } }",
    "    law: none",
    ...campaign.map((line) => `    ${line}`),
    ""
  ]
  writeFileSync(join(cwd, "outpace.yaml"), lines.join("\n"))
  const rows = Array.from({ length: contacts }, (_, index) => `Person ${index},${numberOf(index)}`)
  writeFileSync(join(cwd, "contacts.csv"), ["Name,Phone", ...rows].join("\n"))
}

export const socketOf = (cwd: string): string => join(cwd, "floor.sqlite.control")

/** Starts the floor, and waits until it can be steered. */
export const startFloor = Effect.fnUntraced(function* (cwd: string, args: ReadonlyArray<string> = []) {
  rmSync(socketOf(cwd), { force: true })
  const floor = yield* program(node, [main, "serve", ...args], cwd)
  yield* until(
    () => `the floor is ready: ${floor.output()}`,
    () => existsSync(socketOf(cwd)) || !floor.isRunning(),
    60
  )
  return floor
})

/** Waits until the floor has ended by itself, and well. */
export const endsWell = Effect.fnUntraced(function* (
  floor: Effect.Success<ReturnType<typeof startFloor>>,
  seconds: number
) {
  yield* until(
    () => `the floor has ended: ${floor.output()}`,
    () => !floor.isRunning(),
    seconds
  )
  assert.strictEqual(yield* floor.exited, 0, floor.output())
})

const triesMax = 20

/** Signs an agent in as soon as the phone has registered. */
export const signIn = Effect.fnUntraced(function* (cwd: string, user: string) {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { code, err } = yield* runCli(["floor", "agent", user, "sign-in"], cwd)
    if (code === 0) return
    if (!/not registered|after-call work/.test(err)) return yield* Effect.die(new Error(err))
    yield* Effect.sleep("300 millis")
  }
  return yield* Effect.die(new Error(`${user} did not register`))
})

export interface StoredAttempt {
  readonly contact: number
  readonly attempt: number
  readonly outcome: string
  readonly agent: number | null
}

/** The calls in the store of a floor that has ended. */
export const attemptsOf = (cwd: string) =>
  SqlClient.SqlClient.use(
    (sql) => sql<StoredAttempt>`SELECT contact, attempt, outcome, agent FROM attempts ORDER BY id`
  ).pipe(Effect.provide(layerSqlite(join(cwd, "floor.sqlite"))))
