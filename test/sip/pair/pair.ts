import { endingOf, type KeptCall } from "../../../src/sip/kept/KeptCalls.ts"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { SipEdge } from "../../../src/sip/SipEdge.ts"
import type { SipjsLeg } from "../../../src/sip/sipjs/SipjsLeg.ts"
import type { Address } from "../../../src/sip/wire/Address.ts"

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
export const randomBelow = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const sdp = (port: number, direction = "sendrecv") =>
  [
    "v=0",
    `o=- ${port} 1 IN IP4 127.0.0.1`,
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${port} RTP/AVP 0`,
    `a=${direction}`,
    ""
  ].join("\r\n")

interface Flight {
  readonly at: number
  readonly payload: Uint8Array
  readonly from: Address
  readonly to: Address
}
const encoder = new TextEncoder()
const phones = { realm: "r", digests: [], passwordOf: () => undefined }

/** Two SIP edges and a network between them that loses a share of all packets; time is virtual. */
export class Pair {
  now = 0
  readonly log: Array<string> = []
  readonly texts: Array<string> = []
  readonly faults: Array<unknown> = []
  near: SipEdge
  /** What is kept of the near side's calls. */
  readonly kept = new Map<string, KeptCall>()
  #nearLives = 1
  #nearIsUp = true
  readonly far: SipEdge
  readonly nearAddress = { host: "127.0.0.1", port: 5_080 }
  readonly farAddress = { host: "127.0.0.2", port: 5_070 }
  /** Whether a packet is lost; may be changed at any time. */
  loses: (text: string, from: Address) => boolean
  onInbound: (leg: SipjsLeg) => void = () => {}
  readonly #flights: Array<Flight> = []
  readonly #tasks: Array<{ readonly at: number; readonly run: () => void }> = []

  constructor(lossPercent = 0, seed = 1, farTimers = true) {
    const random = randomBelow(seed)
    this.loses = () => random(100) < lossPercent
    this.near = this.#edge("near", this.nearAddress, true)
    this.far = this.#edge("far", this.farAddress, farTimers)
  }

  #edge(name: string, contact: Address, sessionTimers: boolean): SipEdge {
    const life = this.#nearLives
    return new SipEdge(
      {
        transmit: (text, to) => {
          if (name === "near" && (life !== this.#nearLives || !this.#nearIsUp)) return
          this.texts.push(`${name}: ${text}`)
          if (this.loses(text, contact)) return
          this.#flights.push({ at: this.now + 10, payload: encoder.encode(text), from: contact, to })
        },
        lookUp: () => false,
        inbound: (leg) => {
          leg.listen(this.note(name))
          this.onInbound(leg)
          return true
        },
        fault: (error) => this.faults.push(error)
      },
      {
        contact,
        peers: ["127.0.0.0/8"],
        requestsPerSecond: 10_000,
        phones,
        sessionTimers,
        callChanged: (change) => {
          if (name !== "near" || life !== this.#nearLives || !this.#nearIsUp) return
          if (change.kind === "kept") this.kept.set(change.id, change)
          else this.kept.delete(change.id)
        }
      },
      this.now
    )
  }

  note(name: string) {
    return (event: LegEvent): void => {
      this.log.push(`${this.now} ${name} ${summary(event)}`)
    }
  }

  place(listen = this.note("near")): SipjsLeg {
    const call = { to: "sip:+4930123@127.0.0.2:5070", from: "sip:+4930999@127.0.0.1", sdp: sdp(4_000) }
    return this.near.place(call, (leg) => leg.listen(listen), this.now)
  }

  /** Does something in so many milliseconds. */
  later(millis: number, run: () => void): void {
    this.#tasks.push({ at: this.now + millis, run })
  }

  /** The near side dies, and another is there after so long; `ended` gets what came of each call it finds kept. */
  killNear(downMillis: number, ended: (status: number) => void): void {
    this.#nearIsUp = false
    this.later(downMillis, () => {
      this.#nearLives += 1
      this.#nearIsUp = true
      this.near = this.#edge("near", this.nearAddress, true)
      for (const call of [...this.kept.values()]) {
        const ending = endingOf(call)
        const done = (status: number): void => {
          this.kept.delete(call.id)
          ended(status)
        }
        if (ending !== undefined) this.near.endKept(ending, undefined, done, this.now)
      }
    })
  }

  onFar(leg: SipjsLeg, millis: number, act: (leg: SipjsLeg) => void): void {
    this.later(millis, () => this.far.command(() => act(leg), this.now))
  }
  onNear(leg: SipjsLeg, millis: number, act: (leg: SipjsLeg) => void): void {
    const { near } = this
    this.later(millis, () => near.command(() => act(leg), this.now))
  }

  /** Lets time pass, 10 ms a step. */
  run(millis: number): void {
    for (const end = this.now + millis; this.now < end;) {
      this.now += 10
      for (const flight of this.#due(this.#flights)) {
        const near = this.#nearIsUp ? this.near : undefined
        const edge = flight.to.port === 5_080 ? near : flight.to.port === 5_070 ? this.far : undefined
        edge?.receive(flight.payload, flight.from, this.now)
      }
      for (const task of this.#due(this.#tasks)) task.run()
      if (this.now % 50 !== 0) continue
      if (this.#nearIsUp) this.near.sweep(this.now)
      this.far.sweep(this.now)
    }
  }

  #due<A extends { readonly at: number }>(all: Array<A>): ReadonlyArray<A> {
    const due = all.filter(({ at }) => at <= this.now)
    const rest = all.filter(({ at }) => at > this.now)
    all.splice(0, all.length, ...rest)
    return due
  }

  /** Legs and memory left on both sides. */
  get left() {
    return [this.near.status, this.far.status].map(({ heldCount, legCount }) => [legCount, heldCount])
  }
}

const summary = (event: LegEvent): string => {
  if (event._tag === "Failed") return `Failed ${event.cause.status}`
  if (event._tag === "Ended") return `Ended by ${event.by}${event.confirmed ? "" : ", unconfirmed"}`
  if (event._tag === "Ringing") return `Ringing ${event.status}`
  if (event._tag === "Key") return `Key ${event.key} ${event.durationMillis}`
  return `${event._tag} ${/a=(\w+)/.exec(event.sdp)?.[1] ?? "?"} ${/m=audio (\d+)/.exec(event.sdp)?.[1] ?? "?"}`
}
