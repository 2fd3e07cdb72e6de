/** What becomes of the contact. */
export const VerdictKind = {
  /** Nothing more is tried. */
  finished: 0,
  /** It is called again at `dueAt`. */
  again: 1,
  /** It leaves the campaign. */
  removed: 2,
  /** It goes to another campaign. */
  moved: 3
} as const

/** What ended a contact that a rule would have called again. */
export const Stop = { none: 0, attemptsMax: 1, finalDisposition: 2 } as const

/** A parameter a rule sets; empty text takes one away. */
export interface Setting {
  readonly of: "contact" | "attempt"
  readonly name: string
  readonly value: string
}

/** What the rules say after an attempt. One object serves all attempts: it holds until the next one is decided. */
export class Verdict {
  kind: number = VerdictKind.finished
  /** Milliseconds of the core's clock, not before now; -1 where there is no other call. */
  dueAt = -1
  /** Whether `dueAt` is the time somebody asked for. */
  asked = false
  /** Whether the contact's next number is called. */
  nextNumber = false
  /** Whether the same agent is to call, until `windowMillis` after `dueAt`; then anyone. */
  sameAgent = false
  windowMillis = 0
  /** Whether the contact's numbers go on the do-not-call list. */
  doNotCall = false
  /** Position of the segment the contact is in from now on, -1 for the one it was in. */
  segment = -1
  /** Position of the campaign it is moved to, -1 without one. */
  campaign = -1
  /** Position in `RuleBook.results`, -1 without one. */
  result = -1
  /** One of `Stop`. */
  stop: number = Stop.none
  /** The rule that decided, -1 where none did: then the contact is finished. */
  decidedBy = -1
  /** Rules that held, in order, the deciding one last; the first `ranCount` entries. */
  readonly ran: Int32Array
  ranCount = 0
  /** Parameters to be set, in order, so that of two for one name the later holds; the first `settingCount` entries. */
  readonly settings: Array<Setting>
  settingCount = 0

  constructor(ruleCount: number, settings: ReadonlyArray<Setting>) {
    this.ran = new Int32Array(ruleCount)
    this.settings = [...settings]
  }

  clear(): void {
    this.kind = VerdictKind.finished
    this.dueAt = -1
    this.asked = false
    this.nextNumber = false
    this.sameAgent = false
    this.windowMillis = 0
    this.doNotCall = false
    this.segment = -1
    this.campaign = -1
    this.result = -1
    this.stop = Stop.none
    this.decidedBy = -1
    this.ranCount = 0
    this.settingCount = 0
  }
}
