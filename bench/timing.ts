export interface Run {
  /** Per second of wall time. */
  readonly perSecond: number
  /** Per second of processor time of the whole process, helper threads included. */
  readonly perCoreSecond: number
}

export interface Measuring {
  readonly warmUpSeconds: number
  readonly runs: number
  readonly secondsPerRun: number
}

/** Does pieces of work for at least so long; `work` gets the number of the piece and returns how much it did. */
export const runFor = (
  seconds: number,
  firstPiece: number,
  work: (piece: number) => number
): Run & { pieces: number } => {
  const cpu = coreSeconds()
  const started = performance.now()
  let amount = 0
  let pieces = 0
  let elapsed = 0
  while (elapsed < seconds) {
    amount += work(firstPiece + pieces)
    pieces += 1
    elapsed = (performance.now() - started) / 1_000
  }
  return { perSecond: amount / elapsed, perCoreSecond: amount / (coreSeconds() - cpu), pieces }
}

/** Processor time this process has used so far, helper threads included. Other work on the machine does not count. */
export const coreSeconds = (): number => {
  const { system, user } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Several runs in this process after a warm-up, each with pieces of work of its own. */
export const measure = (how: Measuring, work: (piece: number) => number): ReadonlyArray<Run> => {
  let piece = runFor(how.warmUpSeconds, 0, work).pieces
  return Array.from({ length: how.runs }, () => {
    const { pieces, ...run } = runFor(how.secondsPerRun, piece, work)
    piece += pieces
    return run
  })
}

/** The middle value; the mean of the two in the middle when their number is even. NaN of none. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

export const spread = (values: ReadonlyArray<number>, show: (value: number) => string): string =>
  `${show(Math.min(...values))} – ${show(Math.max(...values))}`
