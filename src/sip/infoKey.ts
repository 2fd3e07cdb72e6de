import { headerValue, type SipRequest } from "./wire/message.ts"

/** A key of a telephone, and how long it was held. */
export interface Key {
  readonly key: string
  readonly durationMillis: number
}

const types = ["application/dtmf-relay", "application/dtmf"]
/** Media types of INFO bodies that carry keys, for an Accept header. */
export const keyTypes = types.join(", ")
const defaultMillis = 100

/** The events of RFC 4733 §3.2 by number, as some senders write them. */
const byNumber = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D"]

const keyOf = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  if (/^[0-9*#A-D]$/i.test(text)) return text.toUpperCase()
  return /^1[0-5]$/.test(text) ? byNumber[Number(text)] : undefined
}

/**
 * The key an INFO carries: `application/dtmf-relay` (lines `Signal=5` and `Duration=160`, the second may be missing) or
 * `application/dtmf` (the key alone). `none` for an INFO without a body, `unknown` for any other.
 */
export const infoKey = (info: SipRequest): Key | "none" | "unknown" => {
  if (info.body.trim() === "") return "none"
  const type = headerValue(info, "Content-Type")?.split(";")[0].trim().toLowerCase()
  if (type === undefined || !types.includes(type)) return "unknown"
  const relay = /^\s*Signal\s*=\s*(\S+)\s*$/im.exec(info.body)?.[1]
  const key = keyOf(relay ?? info.body.trim())
  if (key === undefined) return "unknown"
  const duration = Number(/^\s*Duration\s*=\s*(\d{1,5})\s*$/im.exec(info.body)?.[1] ?? defaultMillis)
  return { key, durationMillis: duration }
}

/** The body of an INFO that sends a key. */
export const keyBody = ({ durationMillis, key }: Key): string => `Signal=${key}\r\nDuration=${durationMillis}\r\n`
