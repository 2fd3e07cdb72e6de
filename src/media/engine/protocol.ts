import type { HeardTone } from "../audio/ToneDetector.ts"
import type { AnsweringMachineSettings, AnsweringMachineVerdict } from "../detection/AnsweringMachine.ts"
import type { Prompt } from "../prompts/Prompt.ts"
import type { Endpoint } from "../rtp/Latch.ts"
import type { RemoteMedia } from "../sdp/offerAnswer.ts"
import type { RecordingResult } from "./Recording.ts"

/** What is said between the media thread and everybody else. All of it can be cloned. */

export interface LegOptions {
  /** Milliseconds without a packet after which the leg is reported silent, and so again and again; null for never. */
  readonly silenceMillis: number | null
}

export interface LegOpened {
  readonly leg: number
  /** Our side of it, for the SDP. */
  readonly local: Endpoint
}

/** What the leg's analysis listens for, besides keys as events, which are always heard. */
export interface Listening {
  /** Keys as tones, for far ends that have not agreed on telephone-event. */
  readonly keys: boolean
  /** Beeps and special information tones. */
  readonly tones: boolean
  readonly answeringMachine: AnsweringMachineSettings | null
}

interface PlayInput {
  readonly leg: number
  readonly play: number
}

/** Each command with what it takes and what it answers. */
export interface Commands {
  readonly open: readonly [LegOptions, LegOpened]
  readonly close: readonly [{ readonly leg: number }, null]
  readonly setRemote: readonly [{ readonly leg: number; readonly remote: RemoteMedia }, null]
  /** Both hear each other from now on; what was playing to them ends, and whom they were bridged to hears nothing more. */
  readonly bridge: readonly [{ readonly a: number; readonly b: number }, null]
  readonly unbridge: readonly [{ readonly leg: number }, null]
  readonly loadPrompt: readonly [{ readonly prompt: Prompt }, number]
  readonly dropPrompt: readonly [{ readonly prompt: number }, null]
  /** `play` is the caller's own number for it, which `playEnded` will name. */
  readonly play: readonly [PlayInput & { readonly prompt: number; readonly loop: boolean }, null]
  /** A short sound over whatever is heard, which then goes on. */
  readonly beep: readonly [PlayInput, null]
  readonly sendKeys: readonly [PlayInput & { readonly keys: string }, null]
  /** Ends what is playing; with a number, only if it is that. */
  readonly stop: readonly [{ readonly leg: number; readonly play: number | null }, null]
  readonly listen: readonly [{ readonly leg: number; readonly listening: Listening }, null]
  readonly record: readonly [{ readonly leg: number; readonly path: string }, null]
  readonly pauseRecording: readonly [{ readonly leg: number }, null]
  readonly resumeRecording: readonly [{ readonly leg: number }, null]
  readonly stopRecording: readonly [{ readonly leg: number }, RecordingResult]
  readonly statistics: readonly [{ readonly leg: number }, LegStatistics]
  /** Answered once the engine runs. */
  readonly ready: readonly [null, null]
  /** Closes all legs and ends all recordings. */
  readonly shutdown: readonly [null, null]
}
export type CommandKind = keyof Commands
export type CommandInput<K extends CommandKind> = Commands[K][0]
export type CommandOutput<K extends CommandKind> = Commands[K][1]

/** Why a command failed. */
export interface Fault {
  readonly reason: "ports" | "leg" | "prompt" | "keys" | "recording" | "defect"
  readonly sentence: string
}

export interface LegStatistics {
  readonly received: {
    readonly packets: number
    readonly bytes: number
    readonly lost: number
    readonly jitterMillis: number
    /** What was not let in, and why. */
    readonly dropped: Dropped
  }
  readonly sent: { readonly packets: number; readonly bytes: number; readonly failed: number }
  /** What the far end says of what it gets from us; null before it has. */
  readonly farEnd: {
    readonly lost: number
    readonly jitterMillis: number
    readonly roundTripMillis: number | null
  } | null
  /** Where its packets come from; null before the first. */
  readonly source: Endpoint | null
}

export interface Dropped {
  /** No RTP of version 2. */
  readonly malformed: number
  /** From somebody else. */
  readonly stranger: number
  /** Of a payload type nobody agreed on. */
  readonly payloadType: number
  /** Before the far end's SDP was known. */
  readonly early: number
}

/** What happens on a leg. `atMillis` is Unix time, with fractions. */
export type LegEvent =
  | { readonly kind: "key"; readonly key: string; readonly by: "event" | "tone" }
  | { readonly kind: "playEnded"; readonly play: number; readonly how: PlayEnd }
  /** The first packet of the far end, or its first from somewhere else. */
  | { readonly kind: "latched"; readonly source: Endpoint }
  | { readonly kind: "silent"; readonly silentMillis: number }
  | { readonly kind: "heardAgain" }
  | { readonly kind: "tone"; readonly tone: HeardTone }
  | { readonly kind: "answeringMachine"; readonly verdict: AnsweringMachineVerdict }
  | { readonly kind: "recordingFailed"; readonly sentence: string }
  | { readonly kind: "farEndLeft" }

/** All of it was heard, `stop` was called, or something else took its place; or the leg was closed. */
export type PlayEnd = "finished" | "stopped" | "replaced" | "closed"

export interface LegHappening {
  readonly leg: number
  readonly atMillis: number
  readonly event: LegEvent
}
