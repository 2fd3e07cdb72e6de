import type { SipjsRequest, SipjsResponse, SipjsSession } from "sipjs-udp"

/** What a session of the package belongs to. */
export interface SessionOwner {
  /** Handles a request within the call; false leaves it to the package. */
  readonly takesRequest: (request: SipjsRequest) => boolean
  /** Whether the INVITE is to be sent again, with a session time as long as this 422 wants (RFC 4028 §7.3). */
  readonly asksLonger: (response: SipjsResponse) => boolean
}

const owners = new WeakMap<SipjsSession, SessionOwner>()

export const ownSession = (session: SipjsSession, owner: SessionOwner): void => {
  owners.set(session, owner)
}
export const legOf = (session: SipjsSession): SessionOwner | undefined => owners.get(session)
