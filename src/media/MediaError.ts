import { Schema } from "effect"
import type { ChannelFault } from "./engine/Channel.ts"

/** No pair of media ports can be had. */
export class PortsExhausted extends Schema.TaggedError<PortsExhausted>()("PortsExhausted", {
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}
/** The leg is closed, or was named where it cannot be. */
export class LegUnusable extends Schema.TaggedError<LegUnusable>()("LegUnusable", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}
/** What was to be played cannot be: the prompt is gone, prompts take too much room, or there is no such key. */
export class NotPlayable extends Schema.TaggedError<NotPlayable>()("NotPlayable", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}
/** A file cannot be written, or there is no recording where one was to be ended. */
export class RecordingFailed extends Schema.TaggedError<RecordingFailed>()("RecordingFailed", {
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}
/** The media thread is gone, and with it all audio. */
export class MediaStopped extends Schema.TaggedError<MediaStopped>()("MediaStopped", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

export type LegError = LegUnusable | MediaStopped

export const asLegError = ({ reason, sentence }: ChannelFault): LegError =>
  reason === "stopped" ? new MediaStopped({ sentence }) : new LegUnusable({ sentence })

export const asNotPlayable = (fault: ChannelFault): LegError | NotPlayable =>
  fault.reason === "prompt" || fault.reason === "keys"
    ? new NotPlayable({ sentence: fault.sentence })
    : asLegError(fault)

export const asRecordingFailed = (fault: ChannelFault): LegError | RecordingFailed =>
  fault.reason === "recording" ? new RecordingFailed({ sentence: fault.sentence }) : asLegError(fault)
