/** Figures of another shape have another number: see `readFigures`. */
export const figuresVersion = 1

/** How often people answered, see `AnswerChance`: the level, and by segment and attempt the answers and those expected. */
export interface AnswerFigures {
  readonly level: number
  readonly answers: ReadonlyArray<number>
  readonly expected: ReadonlyArray<number>
}

/** Shares of ring times by bin, see `RingShape`. */
export interface RingFigures {
  readonly answers: ReadonlyArray<number>
  readonly others: ReadonlyArray<number>
}

/** Who had answered by ring time, see `PersonShare`, and the totals. */
export interface PersonFigures {
  readonly persons: ReadonlyArray<number>
  readonly machines: ReadonlyArray<number>
  readonly personsTotal: number
  readonly machinesTotal: number
}

/** Shares of durations by bin, and their mean in seconds, see `DurationCurve`. */
export interface DurationFigures {
  readonly shares: ReadonlyArray<number>
  readonly meanSeconds: number
}

/** An agent's own calls, and how long they took in all as multiples of the team's mean. */
export interface SpeedFigures {
  readonly agent: number
  readonly calls: number
  readonly sum: number
}

/** What a campaign has learnt, as plain numbers: what the next day of it expects. */
export interface LearnedFigures {
  readonly version: typeof figuresVersion
  readonly answer: AnswerFigures
  readonly rings: RingFigures
  readonly persons: PersonFigures
  readonly talk: DurationFigures
  readonly wrap: DurationFigures
  readonly speeds: ReadonlyArray<SpeedFigures>
}

/**
 * Figures as they were kept, where they are of this version and have the same bins as `like`; null otherwise: a later version
 * may learn otherwise.
 */
export const readFigures = (found: unknown, like: LearnedFigures): LearnedFigures | null => {
  const { answer, persons, rings, talk, version, wrap } = like
  if (!isOf(found, ["version", "answer", "rings", "persons", "talk", "wrap", "speeds"])) return null
  if (found["version"] !== version || !isAnswer(found["answer"], answer.answers.length)) return null
  if (!isLike(found["rings"], rings) || !isLike(found["persons"], persons)) return null
  if (!isLike(found["talk"], talk) || !isLike(found["wrap"], wrap) || !Array.isArray(found["speeds"])) return null
  const ofAgent: ReadonlyArray<keyof SpeedFigures> = ["agent", "calls", "sum"]
  const own = found["speeds"] as ReadonlyArray<unknown>
  if (!own.every((each) => isOf(each, ofAgent) && ofAgent.every((key) => isFigure(each[key])))) return null
  return found as unknown as LearnedFigures
}

const isFigure = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < Infinity

const isOf = (value: unknown, keys: ReadonlyArray<string>): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && keys.every((key) => Object.hasOwn(value, key))

/** Whether there is a figure wherever the other one has one. */
const isLike = (value: unknown, like: object): boolean =>
  isOf(value, Object.keys(like)) &&
  Object.entries(like).every(([key, own]: [string, unknown]) => {
    const found = value[key]
    if (!Array.isArray(own)) return isFigure(found)
    return Array.isArray(found) && found.length === own.length && found.every(isFigure)
  })

/** `cells`: so many of a segment, of which there may be any number. */
const isAnswer = (value: unknown, cells: number): boolean => {
  if (!isOf(value, ["level", "answers", "expected"])) return false
  const { answers, expected, level } = value
  if (!isFigure(level) || level <= 0 || level >= 1 || !Array.isArray(answers) || !Array.isArray(expected)) return false
  return (
    answers.length % cells === 0 &&
    answers.length === expected.length &&
    answers.every(isFigure) &&
    expected.every(isFigure)
  )
}
