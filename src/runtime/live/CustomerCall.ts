import { Deferred, Effect, type Fiber, Queue, type Scope } from "effect"
import type { E164 } from "../../domain/Contact.ts"
import type { TrunkCommand } from "../floor/Command.ts"
import type { CallKey } from "../floor/FloorEvent.ts"
import type { AgentPhone } from "./AgentPhone.ts"
import type { ControlRefused } from "./ControlRefused.ts"
import type { Line, LineEvent } from "./Line.ts"
import type { LiveCampaign } from "./LiveSettings.ts"
import type { CallOf } from "./Numbers.ts"

/** What an agent wants of the call in hand. */
export type Control =
  | { readonly kind: "hold" | "resume" | "pauseRecording" | "resumeRecording" }
  | { readonly kind: "transfer"; readonly number: string }
  /** To another agent. */
  | { readonly kind: "handOver"; readonly to: number }
/** Whoever waits for the answer. */
export type Reply = Deferred.Deferred<void, ControlRefused>

/** What the core wants of a call that is there. */
export type CallCommand = Exclude<TrunkCommand, { readonly kind: "dial" | "welcome" | "turnAway" }>

/** What a call's fibre works on, one at a time. */
export type CallMessage =
  | { readonly kind: "line"; readonly event: LineEvent }
  | { readonly kind: "command"; readonly command: CallCommand }
  | { readonly kind: "connect"; readonly phone: AgentPhone }
  | { readonly kind: "phoneGone"; readonly phone: AgentPhone }
  /** Detection has had its time. */
  | { readonly kind: "detectionOver" }
  | { readonly kind: "control"; readonly agent: number; readonly control: Control; readonly reply: Reply }
  /** What came of reaching somebody to give the call to. */
  | { readonly kind: "reached"; readonly far: Line; readonly reply: Reply }
  | { readonly kind: "notReached"; readonly refused: ControlRefused; readonly reply: Reply }
  /** The core has had its time to hand the call over. */
  | { readonly kind: "notHandedOver"; readonly reply: Reply }
  /** The other party of a call that was given away is gone. */
  | { readonly kind: "farGone" }

export type Dial = Extract<TrunkCommand, { readonly kind: "dial" }>

/** Whose call it is, as the core says. */
export interface CallStart {
  readonly key: CallKey
  readonly campaign: number
  readonly contact: number
  /** 0 for a call to us. */
  readonly attempt: number
}

/** A talk or answer that is being recorded. */
export interface OpenRecording {
  readonly attempt: number
  readonly path: string
  readonly step: string | null
  readonly startedAt: number
}

/** Keys pressed that nobody has asked for yet at most. */
const keysMax = 64

/** Where a customer's call is. Only its own fibre changes it, but for what agents' phones say of themselves. */
export class CustomerCall implements CallOf {
  call: number
  generation: number
  readonly campaign: number
  readonly contact: number
  /** 0 for a call to us, and for one that was handed over. */
  attempt: number
  readonly settings: LiveCampaign
  readonly mailbox: Queue.Queue<CallMessage>
  /** Keys pressed, for a flow that asks. */
  readonly keys: Queue.Queue<string>
  /** That the person has stopped speaking, for a flow that records. */
  readonly silences: Queue.Queue<void>
  /** The core wants it ended. */
  readonly hangUpAsked = Deferred.makeUnsafe<void>()
  /** Nothing of it is up any more. */
  readonly over = Deferred.makeUnsafe<void>()
  /** Where the person can be called back. */
  number: E164 | undefined
  scope: Scope.Scope | undefined
  line: Line | undefined
  /** The agent who is on the call. */
  phone: AgentPhone | undefined
  /** Whom it was given to. */
  far: Line | undefined
  /** What it hears, or is asked, now. */
  job: Fiber.Fiber<void> | undefined
  recording: OpenRecording | undefined
  hasRung = false
  /** Since when the person can talk to somebody, of the monotonic clock, in milliseconds; -1 before the answer. */
  answeredAt = -1
  /** There can be no sound. */
  isMute = false
  isDetecting = false
  isHeld = false
  /** Somebody is being called to give the call to. */
  isReaching = false
  /** Who waits for the core to hand it over. */
  giving: Reply | undefined
  /** An agent says that it is a machine. */
  isMachine = false
  /** The core has been told that it is over. */
  hasLeft = false
  /** The key that would have ended the last entry, had it not been over already, and until when it still belongs to it. */
  lateKey = { key: "", until: -Infinity }

  private constructor(
    start: CallStart,
    settings: LiveCampaign,
    queues: Pick<CustomerCall, "mailbox" | "keys" | "silences">
  ) {
    this.call = start.key.call
    this.generation = start.key.generation
    this.campaign = start.campaign
    this.contact = start.contact
    this.attempt = start.attempt
    this.settings = settings
    this.mailbox = queues.mailbox
    this.keys = queues.keys
    this.silences = queues.silences
  }

  static readonly make = Effect.fnUntraced(function* (start: CallStart, settings: LiveCampaign) {
    const mailbox = yield* Queue.unbounded<CallMessage>()
    const keys = yield* Queue.unbounded<string>()
    const silences = yield* Queue.sliding<void>(1)
    return new CustomerCall(start, settings, { mailbox, keys, silences })
  })

  /** The core did not place it. */
  get isArrival(): boolean {
    return this.attempt === 0
  }

  get key(): CallKey {
    return { call: this.call, generation: this.generation }
  }

  /** It was handed over: for the core it is another call from now on. */
  becomes({ call, generation }: CallKey): void {
    this.call = call
    this.generation = generation
    this.attempt = 0
  }

  post(message: CallMessage): void {
    Queue.offerUnsafe(this.mailbox, message)
  }

  fellSilent(): void {
    Queue.offerUnsafe(this.silences, undefined)
  }

  pressed(key: string): void {
    if (Queue.sizeUnsafe(this.keys) < keysMax) Queue.offerUnsafe(this.keys, key)
  }
}
