/** What each figure must reach, on two shared cores. A bench shows them beside what it measured and asserts none. */
export const budgets = {
  /** Simulated dials per second through the real core, one thread. */
  dialsFixedRatio50: { least: 1_000_000 },
  dialsLookAhead50: { least: 100_000 },
  dialsLookAhead5: { least: 300_000 },
  /** Times as fast as SimPy, same hardware, same run. */
  timesSimpyDialler: { least: 20 },
  timesSimpyMm1: { least: 15 },
  /** Bytes with 10,000 agents and 1,000,000 contacts. */
  memoryBytes: { most: 1_073_741_824 },
  tuneSeconds: { most: 20 },
  /** Of 200 bridged calls: the 99th percentile of what a packet takes longer than the fastest, and packets lost. */
  mediaDelayMillis: { most: 5 },
  mediaLost: { most: 0 },
  /** From an event to its being on the disk, at 20 calls a second: the 99th percentile. */
  journalMillis: { most: 5 },
  /** From the customer's answer to the agent hearing them, at 100 bridged calls and 20 set-ups a second: the 99th percentile. */
  liveJoinMillis: { most: 150 }
} as const satisfies Readonly<Record<string, Budget>>

export interface Budget {
  readonly least?: number
  readonly most?: number
}

/** `ok`, or `short` where the figure misses the budget; nothing where there is none. */
export const verdict = (figure: number, budget: Budget | null): string => {
  if (budget === null) return ""
  return figure >= (budget.least ?? -Infinity) && figure <= (budget.most ?? Infinity) ? "ok" : "short"
}

export const budgetText = (budget: Budget | null, show: (figure: number) => string): string => {
  if (budget === null) return ""
  if (budget.least !== undefined) return `≥ ${show(budget.least)}`
  return budget.most === undefined ? "" : `≤ ${show(budget.most)}`
}
