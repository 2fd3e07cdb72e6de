/** How a campaign decides how many calls to place. Rates are shares between 0 and 1, times are milliseconds. */
export type PacingSettings =
  | { readonly kind: "one-per-agent" }
  /** Power: so many lines for every agent who waits for a call, 1 or more. */
  | { readonly kind: "fixed-ratio"; readonly linesPerAgent: number }
  /** The manager's expected share of calls a person answers: 0.5 dials two numbers for every available agent. */
  | { readonly kind: "pickup-rate"; readonly rate: number }
  /** Automatic mode: so many calls at once, and no more than so many started per second. */
  | { readonly kind: "lines"; readonly linesMax: number; readonly callsPerSecondMax: number }
  | LookAheadSettings
  | VicidialSettings
  | UnicomSettings

export type PacingKind = PacingSettings["kind"]

/** Look-ahead: one more call as long as the chance that it causes an abandonment stays under a price. */
export interface LookAheadSettings {
  readonly kind: "look-ahead"
  /** Long-run share of answering people who may be abandoned that the price steers to. */
  readonly abandonTarget: number
  /** Whether a call that has rung its legal minimum may be taken back when it became too risky. */
  readonly release: boolean
  /** Price at the start of a shift; low, so that a shift begins with savings and without a burst. */
  readonly priceStart: number
  /** Step of the price per answer (kappa), 0.05 to 0.1. */
  readonly gain: number
  /** Whether to dial one line per agent when one more abandonment would break the limit of the legal window. */
  readonly guard: boolean
}

export type VicidialMethod = "ratio" | "hard-limit" | "average" | "tapered"

/** VICIdial's dial methods, as its source has them. */
export interface VicidialSettings {
  readonly kind: "vicidial"
  readonly method: VicidialMethod
  /** Dial level: lines per agent, the bridged line included. */
  readonly level: number
  readonly levelMax: number
  readonly dropLimit: number
  readonly availableOnly: boolean
  /** Percent, -40 to 40. */
  readonly intensity: number
  readonly differenceTarget: number
  /** Clock time at which the tapered method ends, as hours times 100 plus minutes. */
  readonly taperEnd: number
}

/** UNICOM Intelligence Predict2, with its proportional-integral controller when a target is given. */
export interface UnicomSettings {
  readonly kind: "unicom"
  /** Percent, 0 to 1000. */
  readonly adjust: number
  /** Silent-call target of the controller as a share; `null` keeps `adjust` fixed. */
  readonly silentTarget: number | null
}
