import type { PacingKind } from "./Pacing.ts"

export type ModeName = "manual" | "preview" | "progressive" | "predictive" | "automatic" | "callback"
export const modeNames: ReadonlyArray<ModeName> = [
  "manual",
  "preview",
  "progressive",
  "predictive",
  "automatic",
  "callback"
]

/** What a dialling mode is: a row of data the core follows, step by step. */
export interface Mode {
  readonly name: ModeName
  /** Who takes the next contact: the agent asks for it, the system hands it to an agent, or nobody is held for it. */
  readonly takenBy: "agent" | "system" | "nobody"
  /** Card before the call: none, untimed (the agent presses dial) or timed (dialled when the time is up). */
  readonly preview: "none" | "untimed" | "timed"
  /** Which leg is up first. `agent` holds one agent for one call; `customer` finds an agent when a person answers. */
  readonly firstLeg: "agent" | "customer"
  /** Who serves an answer. */
  readonly servedBy: "agent" | "script"
  readonly pacing: ReadonlyArray<PacingKind>
}

export const modes: Readonly<Record<ModeName, Mode>> = {
  manual: {
    name: "manual",
    takenBy: "agent",
    preview: "untimed",
    firstLeg: "agent",
    servedBy: "agent",
    pacing: ["one-per-agent"]
  },
  preview: {
    name: "preview",
    takenBy: "system",
    preview: "timed",
    firstLeg: "agent",
    servedBy: "agent",
    pacing: ["one-per-agent"]
  },
  progressive: {
    name: "progressive",
    takenBy: "system",
    preview: "none",
    firstLeg: "agent",
    servedBy: "agent",
    pacing: ["one-per-agent"]
  },
  predictive: {
    name: "predictive",
    takenBy: "nobody",
    preview: "none",
    firstLeg: "customer",
    servedBy: "agent",
    pacing: ["look-ahead", "pickup-rate", "fixed-ratio", "vicidial", "unicom"]
  },
  automatic: {
    name: "automatic",
    takenBy: "nobody",
    preview: "none",
    firstLeg: "customer",
    servedBy: "script",
    pacing: ["lines"]
  },
  callback: {
    name: "callback",
    takenBy: "system",
    preview: "timed",
    firstLeg: "agent",
    servedBy: "agent",
    pacing: ["one-per-agent"]
  }
}
