import { roundDecimals } from "./rounding.ts"

/** Drops per hundred answers, two decimals. `answers` includes the drops; fewer than one counts as one. */
export const dropPercent = (drops: number, answers: number): number =>
  roundDecimals((100 * drops) / Math.max(1, answers), 2)

/**
 * The UK option: the share of machines among the calls agents took is assumed among the drops too, and those drops are
 * left out (`UK_OFCOM_OUTBOUND_COMPLIANCE.txt`). `humans` and `machines` are calls agents took and filed.
 */
export const dropPercentUk = (drops: number, humans: number, machines: number): number => {
  const machineShare = machines > 0 ? machines / (humans + machines) : 0
  const dropsHuman = roundDecimals(drops * (1 - machineShare), 3)
  return dropPercent(dropsHuman, humans + dropsHuman)
}
