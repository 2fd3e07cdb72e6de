/** What stands for instants and agents in the sentences of a timeline. */
export interface TimelineWords {
  readonly instant: (at: number) => string
  readonly agent: (agent: number) => string
}

/** Instants as time since the start, `h:mm:ss`; agents by their numbers. For simulated shifts. */
export const simulatedWords: TimelineWords = {
  instant: (at) => {
    const seconds = Math.floor(at / 1_000)
    const twoDigits = (value: number) => String(value % 60).padStart(2, "0")
    return `${Math.floor(seconds / 3_600)}:${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds)}`
  },
  agent: (agent) => `agent ${agent}`
}

/** A length of time, its two largest units; below ten seconds with tenths. */
export const durationText = (millis: number): string => {
  const tenths = Math.round(millis / 100)
  if (tenths < 100) return `${tenths / 10} s`
  const seconds = Math.round(millis / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s")
  const minutes = Math.round(millis / 60_000)
  return pair(Math.floor(minutes / 60), "h", minutes % 60, "min")
}

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`

/** Why the law held a call back, by the name it is recorded with. */
export const reasonText = (reason: string): string => reasons[reason] ?? reason

const reasons: Readonly<Record<string, string>> = {
  none: "nothing held it back",
  hours: "outside the calling hours",
  holiday: "a holiday",
  "attempts-rolling": "called as often as the last hours allow",
  "attempts-per-day": "called as often as the day allows",
  "attempts-in-days": "called as often as these days allow",
  "attempts-per-week": "called as often as the week allows",
  "attempts-per-month": "called as often as the month allows",
  "attempts-per-campaign": "called as often as the campaign may",
  conversations: "talked to as often as the law allows",
  "lock-out-abandoned": "left alone after an abandoned call",
  "lock-out-machine": "left alone after an answering machine",
  "lock-out-refusal": "left alone after a refusal",
  "lock-out-conversation": "left alone after a conversation",
  "reserved-agent-only": "to be called only with an agent held for the call",
  "do-not-call": "on the do-not-call list",
  "list-stale": "the copy of the do-not-call list is too old",
  "unknown-zone": "nobody knows its time zone",
  "mode-forbidden": "the campaign's mode is not allowed",
  "caller-id": "the number shown is not allowed",
  "caller-id-cap": "every number that may be shown is at its cap"
}
