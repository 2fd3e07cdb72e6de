import type { CampaignState } from "./CampaignState.ts"
import { Closed, type ContactList, ContactState } from "./ContactList.ts"

/** Where a contact waited. Instants are milliseconds. */
interface Place {
  /** `new`: never called; `planned`: for `dueAt`; `called-in`: for nothing. */
  readonly as: "new" | "requested" | "planned" | "refused" | "called-in"
  readonly dueAt: number
  /** A code of `Reason`. */
  readonly held: number
  readonly promise: { readonly agent: number; readonly until: number } | null
}

interface Arrival {
  readonly campaign: CampaignState
  readonly contact: number
  /** Null while another call has the contact, and for one that is finished. */
  place: Place | null
}

/**
 * Contacts who are on the line with us though we did not call them: nobody is to call them meanwhile. Each is taken from its
 * list, and goes back to where it was unless the rules say otherwise.
 */
export class SetAside {
  /** By call slot. */
  readonly #arrivals = new Map<number, Arrival>()
  /** Arrivals whose contact is another call's. */
  wanting = 0

  /** The call has arrived. */
  begin(call: number, campaign: CampaignState, contact: number): void {
    const arrival: Arrival = { campaign, contact, place: takenFrom(campaign.list, contact) }
    this.#arrivals.set(call, arrival)
    if (arrival.place === null) this.wanting += 1
  }

  /** The call is over: whether its contact was set aside for it, and is in work now. To be told before the two that follow. */
  has(call: number): boolean {
    return this.#place(call) !== null
  }

  /** The contact is the rules' now, or whoever's it is. */
  end(call: number): void {
    if (this.#place(call) === null) this.wanting -= 1
    this.#arrivals.delete(call)
  }

  /** The contact goes back to where it was; returns when it is to be called, -1 for never. */
  putBack(call: number, now: number): number {
    const place = this.#place(call)
    const arrival = this.#arrivals.get(call)
    this.end(call)
    if (place === null || arrival === undefined) return -1
    const { campaign, contact } = arrival
    return putBackTo(campaign.list, contact, place, now)
  }

  /** Another call is through with a contact: if it is on the line with us, it is kept from further ones. */
  released(campaign: CampaignState, contact: number): void {
    for (const arrival of this.#arrivals.values()) {
      if (arrival.place !== null || arrival.campaign !== campaign || arrival.contact !== contact) continue
      arrival.place = takenFrom(campaign.list, contact)
      if (arrival.place !== null) {
        this.wanting -= 1
        return
      }
    }
  }

  #place(call: number): Place | null {
    return this.#arrivals.get(call)?.place ?? null
  }
}

/** Takes a contact from its list; null where it is not there to be taken. */
const takenFrom = (list: ContactList, contact: number): Place | null => {
  const { promises } = list
  const promise = promises.has(contact) ? { agent: promises.agentOf(contact), until: promises.untilOf(contact) } : null
  const place = { as: kindOf(list, contact), dueAt: list.dueAt[contact], held: list.held[contact], promise }
  const taken = place.as === "called-in" ? list.reopen(contact) : list.lift(contact)
  return taken ? place : null
}

const kindOf = (list: ContactList, contact: number): Place["as"] => {
  if (list.closedAs[contact] === Closed.calledIn) return "called-in"
  if (list.isRequest(contact)) return "requested"
  if (list.state[contact] !== ContactState.retry) return "new"
  return list.isRefused(contact) ? "refused" : "planned"
}

const putBackTo = (list: ContactList, contact: number, { as, dueAt, held, promise }: Place, now: number): number => {
  const withdrawn = list.closedAs[contact]
  if (withdrawn !== Closed.not || as === "called-in") {
    list.close(contact, withdrawn === Closed.not ? Closed.calledIn : withdrawn)
    return -1
  }
  const at = as === "new" || as === "requested" ? now : Math.max(now, dueAt)
  if (promise !== null) list.promise(contact, dueAt, promise.until, promise.agent)
  else if (as === "refused") list.refuse(contact, dueAt)
  else if (as === "planned" && list.attempts[contact] > 0) list.retry(contact, dueAt)
  else list.comeBack(contact, as === "requested", as === "planned" ? dueAt : now)
  if (held !== 0) list.setHeld(contact, held)
  return at
}
