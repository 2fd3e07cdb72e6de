/** What can be wrong with a row or a part of it, in the order reports show it. */
export const problemKinds = [
  "wrong-row",
  "no-number",
  "invalid-number",
  "duplicate",
  "do-not-call",
  "short-row",
  "wrong-value",
  "unreadable-text"
] as const
export type ProblemKind = (typeof problemKinds)[number]

/** What was wrong, where, and what became of it. */
export interface Problem {
  readonly kind: ProblemKind
  /** Line of the file, from 1, the header counted; the first one of a row that has several. */
  readonly line: number
  readonly column: string | null
  readonly value: string
  readonly message: string
  /** Whether the contact was left out; otherwise only this number or value of it was. */
  readonly leftOut: boolean
}

/** Heading of each kind, for a manager. */
export const problemTitles: Readonly<Record<ProblemKind, string>> = {
  "wrong-row": "Rows that do not fit the columns",
  "no-number": "Rows without a number",
  "invalid-number": "Numbers that cannot exist",
  duplicate: "Numbers that are there already",
  "do-not-call": "Numbers on a do-not-call list",
  "short-row": "Rows whose last column is missing (taken as empty)",
  "wrong-value": "Values that do not fit their field (left empty)",
  "unreadable-text": "Text that cannot be read: is the encoding right?"
}

/** All problems of one kind. */
export interface ProblemGroup {
  readonly kind: ProblemKind
  readonly title: string
  readonly count: number
  /** Contacts left out because of them. */
  readonly leftOut: number
  /** The first ones, `firstMax` at most. */
  readonly first: ReadonlyArray<Problem>
}

/** Counts problems by kind and keeps the first of each, so that a million wrong rows take no more memory than twenty. */
export class ProblemSummary {
  readonly #firstMax: number
  readonly #groups = new Map<ProblemKind, { count: number; leftOut: number; readonly first: Array<Problem> }>()

  constructor(firstMax = 20) {
    this.#firstMax = firstMax
  }

  add(problem: Problem): void {
    const group = this.#groups.get(problem.kind) ?? { count: 0, leftOut: 0, first: [] }
    this.#groups.set(problem.kind, group)
    group.count += 1
    if (problem.leftOut) group.leftOut += 1
    if (group.first.length < this.#firstMax) group.first.push(problem)
  }

  /** The kinds that occurred, in the order of `problemKinds`. */
  get groups(): ReadonlyArray<ProblemGroup> {
    return problemKinds.flatMap((kind) => {
      const group = this.#groups.get(kind)
      return group === undefined ? [] : [{ kind, title: problemTitles[kind], ...group, first: [...group.first] }]
    })
  }
}
