import type { Effect } from "effect"
import type { Credentials } from "../Leg.ts"
import { type Address, addressText, isIpv4 } from "../wire/Address.ts"
import { uriTarget } from "../wire/headers.ts"
import { formatMessage, parseText, type SipMessage } from "../wire/message.ts"

/** A call that is up or being set up, as it is kept beyond the life of the process. */
export interface KeptCall {
  /** Call-ID. */
  readonly id: string
  /** The trunk whose credentials answer a challenge; null for phones and calls to us. */
  readonly trunk: string | null
  /** Where its INVITE went, or came from, as IPv4 address and port. */
  readonly address: string
  /** The head of the message that ends it: CANCEL while a call of ours rings, 480 while one to us does, BYE once answered. */
  readonly message: string
}

export type CallChange = ({ readonly kind: "kept" } & KeptCall) | { readonly kind: "over"; readonly id: KeptCall["id"] }

/** What came of ending calls that a process before us left. */
export interface CallsLeft {
  readonly ended: number
  /** The far end knew them no more. */
  readonly gone: number
  /** Nothing was heard of the far end for 32 s. */
  readonly silent: number
  /** The far end would not end them. */
  readonly refused: number
}

/** Calls that a process before us left, and who keeps those to come. */
export interface KeptCalls {
  readonly known: ReadonlyArray<KeptCall>
  /** Told of every call that begins, is answered, moves or is over. Must return at once. */
  readonly changed: (change: CallChange) => void
  readonly credentialsOf: (trunk: string) => Credentials | undefined
  /** Told when none of the known calls is left. */
  readonly told: (left: CallsLeft) => Effect.Effect<void>
}

/** A message that ends a call, and where the call went or came from. */
export interface Ending {
  readonly message: SipMessage
  readonly address: Address
}

export const keptCall = (id: string, trunk: string | null, { address, message }: Ending): KeptCall => ({
  id,
  trunk,
  address: addressText(address),
  message: formatMessage(message)
})

/** The ending of a kept call; undefined when it cannot be read. */
export const endingOf = ({ address: text, message: head }: KeptCall): Ending | undefined => {
  const message = parseText(head)
  const address = uriTarget(`sip:${text}`)
  if (message.kind === "malformed" || address === undefined || !isIpv4(address.host)) return undefined
  return { message, address }
}
