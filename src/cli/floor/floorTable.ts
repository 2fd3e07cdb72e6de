import { count, none, percent } from "../../../reports/format.ts"
import { type AgentStateName, agentStateNames } from "../../domain/AgentState.ts"
import type { BoundName } from "../../dialler/pacing/Policy.ts"
import type { AgentView, CampaignView, FloorSnapshot } from "../../runtime/floor/FloorView.ts"
import { textTable } from "../textTable.ts"

/** What keeps a campaign from dialling more, for people who watch it. */
const boundWords: Readonly<Record<BoundName, string>> = {
  price: "enough calls ring for the agents",
  budget: "abandoned calls near the limit",
  ratio: "as many calls as the setting says",
  lines: "all lines in use",
  "calls-per-second": "calls per second of the trunk",
  contacts: "nobody to be called now",
  hours: "calling rules hold contacts back",
  agents: "no agent free",
  stopped: "stopped"
}

/** Agents a floor may have to be shown one by one. */
const agentsMax = 24

/** The floor as lines for a terminal of this width and height, longer ones cut. `title`: what stands on top, e.g. the clock. */
export const floorTable = (
  floor: FloorSnapshot,
  title: string,
  { columns, rows }: { readonly columns: number; readonly rows: number }
): ReadonlyArray<string> => {
  const lines = [title, "", ...campaignLines(floor), "", ...agentLines(floor, rows)]
  return lines.slice(0, rows).map((line) => line.slice(0, columns))
}

/** The floor in one line, for a log. */
export const floorLine = ({ agents, campaigns }: FloorSnapshot, title: string): string => {
  const parts = campaigns.map(
    (each) =>
      `${each.name}: ${count(each.attempts)} calls, ${count(each.connected)} connected, ` +
      `${share(each.abandonRate)} abandoned, ${share(each.occupancy)} busy` +
      (each.callers === 0 ? "" : `, ${count(each.callers)} in the queue`)
  )
  const working = agents.filter(({ state }) => state !== "signed-out").length
  return [title, `${count(working)} ${working === 1 ? "agent" : "agents"} at work`, ...parts].join("; ")
}

const share = (value: number): string => (Number.isFinite(value) ? percent(value) : none)

const campaignLines = ({ campaigns }: FloorSnapshot): ReadonlyArray<string> => {
  const head = [
    "Campaign",
    "Mode",
    "Ring",
    "Wait",
    "Queue",
    "Talk",
    "Calls",
    "Reached",
    "Abandoned",
    "Busy",
    "List done",
    "Now"
  ]
  return textTable([head, ...campaigns.map(campaignCells)]).split("\n")
}

const campaignCells = (of: CampaignView): ReadonlyArray<string> => [
  of.name,
  of.mode,
  count(of.ringing),
  count(of.waiting),
  count(of.callers),
  count(of.talking),
  count(of.attempts),
  count(of.connected),
  share(of.abandonRate),
  share(of.occupancy),
  share(of.contacts === 0 ? Number.NaN : of.closed / of.contacts),
  of.state === "running" ? boundWords[of.bound] : of.state
]

const agentLines = ({ agents }: FloorSnapshot, rows: number): ReadonlyArray<string> => {
  const states = agentStateNames
    .map((state) => [state, agents.filter((agent) => agent.state === state).length] as const)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${count(number)} ${stateWords[state]}`)
  const summary = `Agents: ${states.join(", ")}`
  const shown = agents.filter(({ state }) => state !== "signed-out")
  if (shown.length === 0 || shown.length > Math.min(agentsMax, rows - 10)) return [summary]
  return [summary, "", ...textTable([["Agent", "State", "For", "Campaign"], ...shown.map(agentCells)]).split("\n")]
}

const agentCells = ({ campaign, name, sinceMillis, state }: AgentView): ReadonlyArray<string> => [
  name,
  stateWords[state],
  since(sinceMillis),
  campaign ?? ""
]

const stateWords: Readonly<Record<AgentStateName, string>> = {
  "signed-out": "signed out",
  paused: "on a break",
  ready: "ready",
  preview: "reading",
  reserved: "ringing",
  talk: "talking",
  hold: "on hold",
  wrap: "after-call work"
}

const since = (millis: number): string => {
  const seconds = Math.max(0, Math.floor(millis / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
