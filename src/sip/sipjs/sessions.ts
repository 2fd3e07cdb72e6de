import type { SipjsRequest, SipjsSession } from "sipjs-udp"

/** What a session of the package belongs to. */
export interface SessionOwner {
  /** Handles a request within the call; false leaves it to the package. */
  readonly takesRequest: (request: SipjsRequest) => boolean
}

const owners = new WeakMap<SipjsSession, SessionOwner>()

export const ownSession = (session: SipjsSession, owner: SessionOwner): void => {
  owners.set(session, owner)
}
export const legOf = (session: SipjsSession): SessionOwner | undefined => owners.get(session)
