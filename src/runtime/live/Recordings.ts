import { Context, DateTime, type Effect } from "effect"

/** A file with what was said. */
export interface Recording {
  /** Numbers in the core. */
  readonly campaign: number
  readonly contact: number
  readonly attempt: number
  /** The step of a flow that recorded an answer; null for a talk. */
  readonly step: string | null
  readonly path: string
  /** In milliseconds since 1970. */
  readonly startedAt: number
  readonly seconds: number
}

/** Is told of each recording when its file is whole. */
export class Recordings extends Context.Service<
  Recordings,
  { readonly recorded: (recording: Recording) => Effect.Effect<void> }
>()("outpace/live/Recordings") {}

/** Where a recording goes. */
export interface RecordingPlace {
  readonly zone: string
  readonly campaign: string
  readonly contact: number
  readonly attempt: number
  readonly step: string | null
  readonly startedAt: number
}

/** `<yyyy-mm-dd>/<campaign>`, and the file's name in it: `<contact>-<attempt>-<hhmmss.mmm>.wav`, with the step before the time. */
export const recordingPath = (place: RecordingPlace): { readonly folder: string; readonly file: string } => {
  const { attempt, campaign, contact, startedAt, step, zone } = place
  const local = DateTime.makeZonedUnsafe(startedAt, { timeZone: zone })
  const { day, hour, millisecond, minute, month, second, year } = DateTime.toParts(local)
  const two = (value: number): string => String(value).padStart(2, "0")
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`
  const time = `${two(hour)}${two(minute)}${two(second)}.${String(millisecond).padStart(3, "0")}`
  const middle = step === null ? "" : `-${fileName(step)}`
  return { folder: `${date}/${fileName(campaign)}`, file: `${contact}-${attempt}${middle}-${time}.wav` }
}

/** A name that every file system takes, and that leads nowhere else. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N} _.-]/gu, "_").replace(/^\.+/, "_")
