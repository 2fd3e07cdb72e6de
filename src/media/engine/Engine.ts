import { samplesPerMilli } from "../audio/g711.ts"
import { hertzOfKey, keys, recordingBeep, toneOf } from "../audio/tones.ts"
import type { ByteSink } from "../audio/WavWriter.ts"
import { type Prompt, promptOf } from "../prompts/Prompt.ts"
import { Deadlines } from "./Deadlines.ts"
import { Leg } from "./Leg.ts"
import type { Network, Receive } from "./Network.ts"
import { KeysPlaying, PromptPlaying } from "./playing.ts"
import type { CommandInput, CommandKind, CommandOutput, Fault, LegHappening } from "./protocol.ts"

export interface EngineWorld {
  readonly network: Network
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Milliseconds to add to it for Unix time. */
  readonly unixOffsetMillis: number
  /** 32 random bits, which nobody can guess: they protect streams from strangers (RFC 3550 §9). */
  readonly random32: () => number
  /** A new file; rejects when it cannot be made. */
  readonly createFile: (path: string) => Promise<ByteSink>
  readonly emit: (happening: LegHappening) => void
  /** A bug: what caused it is dropped, all calls go on. */
  readonly defect: (error: unknown) => void
  /** Names up to this one belong to an engine that was here before; 0 where there was none. */
  readonly namesAfter?: number
}

/** Sound of all prompts together, in one law: nine hours. */
const promptBytesMax = 9 * 3_600 * 1_000 * samplesPerMilli
const keysMax = 64

export class EngineFault extends Error {
  readonly fault: Fault
  constructor(reason: Fault["reason"], sentence: string) {
    super(sentence)
    this.fault = { reason, sentence }
  }
}

type Handlers = {
  readonly [K in CommandKind]: (input: CommandInput<K>) => Promise<CommandOutput<K>> | CommandOutput<K>
}

/**
 * All legs of a machine: commands in, happenings out, packets through. It does nothing by itself: `advance` must be
 * called when `nextMillis` has come.
 */
export class Engine {
  readonly #world: EngineWorld
  readonly #deadlines: Deadlines
  readonly #legs = new Map<number, Leg>()
  readonly #prompts = new Map<number, Prompt>()
  readonly #beep = promptOf(toneOf([recordingBeep]))
  #promptBytes = 0
  /** Names legs, prompts, plays and streams; never used twice. */
  #names: number

  constructor(world: EngineWorld) {
    this.#world = world
    this.#names = world.namesAfter ?? 0
    this.#deadlines = new Deadlines(world.defect)
  }

  /** When something is due next; Infinity for never. */
  get nextMillis(): number {
    return this.#deadlines.next
  }

  advance(): void {
    this.#deadlines.run(this.#world.now())
  }

  /** Does what a command asks; rejects with an `EngineFault` when it cannot. */
  async handle<K extends CommandKind>(kind: K, input: CommandInput<K>): Promise<CommandOutput<K>> {
    const handler = this.#handlers[kind] as (input: CommandInput<K>) => Promise<CommandOutput<K>>
    return handler(input)
  }

  readonly #handlers: Handlers = {
    open: ({ silenceMillis }) => this.#open(silenceMillis),
    close: ({ leg }) => this.#close(leg),
    setRemote: ({ leg, remote }) => done(this.#leg(leg).setRemote(remote, this.#now())),
    bridge: ({ a, b }) => done(this.#bridge(this.#leg(a), this.#leg(b))),
    unbridge: ({ leg }) => done(unbridge(this.#leg(leg))),
    loadPrompt: ({ prompt }) => this.#loadPrompt(prompt),
    dropPrompt: ({ prompt }) => done(this.#dropPrompt(prompt)),
    play: ({ leg, loop, play, prompt }) => this.#play(leg, play, this.#prompt(prompt), loop, false),
    beep: ({ leg, play }) => this.#play(leg, play, this.#beep, false, true),
    sendKeys: ({ keys: pressed, leg, play }) => this.#sendKeys(leg, play, pressed),
    stop: ({ leg, play }) => done(this.#leg(leg).sender.stop(play, "stopped", this.#now())),
    listen: ({ leg, listening }) => done(this.#leg(leg).listen(listening, this.#now())),
    record: ({ leg, path }) => this.#record(leg, path),
    pauseRecording: ({ leg }) => done(this.#leg(leg).pauseRecording(this.#now())),
    resumeRecording: ({ leg }) => done(this.#leg(leg).resumeRecording(this.#now())),
    stopRecording: ({ leg }) => this.#stopRecording(this.#leg(leg)),
    statistics: ({ leg }) => this.#leg(leg).statistics(),
    ready: () => null,
    shutdown: () => this.#shutdown()
  }

  #now(): number {
    return this.#world.now()
  }

  #name(): number {
    this.#names += 1
    return this.#names
  }

  #leg(id: number): Leg {
    const leg = this.#legs.get(id)
    if (leg === undefined) throw new EngineFault("leg", `leg ${id} is closed`)
    return leg
  }

  async #open(silenceMillis: number | null): Promise<CommandOutput<"open">> {
    const { defect, emit, network, now, random32, unixOffsetMillis } = this.#world
    const id = this.#name()
    let leg: Leg | null = null
    const ports = await network
      .open(
        guarded(defect, (bytes, address, port) => leg?.receive(bytes, address, port, now())),
        guarded(defect, (bytes, address) => leg?.receiveControl(bytes, address, now()))
      )
      .catch((error: unknown) => {
        throw new EngineFault("ports", `media ports cannot be opened: ${sentenceOf(error)}`)
      })
    if (ports === null) throw new EngineFault("ports", "all media ports are in use")
    const unixMillis = (millis: number) => unixOffsetMillis + millis
    const emitEvent = (of: number, event: LegHappening["event"], millis: number) =>
      emit({ leg: of, atMillis: unixMillis(millis), event })
    const world = { deadlines: this.#deadlines, random32, newSource: () => this.#name(), unixMillis, emit: emitEvent }
    leg = new Leg(id, ports, silenceMillis, world, now())
    this.#legs.set(id, leg)
    return { leg: id, local: leg.local }
  }

  async #close(id: number): Promise<null> {
    const leg = this.#legs.get(id)
    // Closing twice is what happens when both sides hang up.
    if (leg === undefined) return null
    this.#legs.delete(id)
    unbridge(leg)
    const now = this.#now()
    const recording = leg.stopRecording(now).catch(() => null)
    leg.close(now)
    await recording
    return null
  }

  #bridge(a: Leg, b: Leg): void {
    if (a === b) throw new EngineFault("leg", `leg ${a.id} cannot be bridged to itself`)
    if (a.peer === b) return
    for (const leg of [a, b]) {
      unbridge(leg)
      leg.sender.stop(null, "replaced", this.#now())
    }
    a.peer = b
    b.peer = a
  }

  #loadPrompt(prompt: Prompt): number {
    const bytes = prompt.mulaw.length
    if (this.#promptBytes + bytes > promptBytesMax) {
      throw new EngineFault("prompt", `prompts take at most ${promptBytesMax} bytes in all`)
    }
    this.#promptBytes += bytes
    const id = this.#name()
    this.#prompts.set(id, prompt)
    return id
  }

  #dropPrompt(id: number): void {
    this.#promptBytes -= this.#prompts.get(id)?.mulaw.length ?? 0
    this.#prompts.delete(id)
  }

  #prompt(id: number): Prompt {
    const prompt = this.#prompts.get(id)
    if (prompt === undefined) throw new EngineFault("prompt", `prompt ${id} is not loaded`)
    return prompt
  }

  #play(leg: number, play: number, prompt: Prompt, loop: boolean, over: boolean): null {
    this.#leg(leg).sender.play(new PromptPlaying(play, this.#name(), prompt, loop), over, this.#now())
    return null
  }

  #sendKeys(id: number, play: number, pressed: string): null {
    const { remote, sender } = this.#leg(id)
    const wrong = [...pressed].find((key) => !keys.includes(key))
    if (wrong !== undefined) throw new EngineFault("keys", `there is no key "${wrong}"; there are ${keys}`)
    if (pressed.length > keysMax) throw new EngineFault("keys", `at most ${keysMax} keys can be sent at once`)
    if (remote === null || remote.keysOut === null) return this.#play(id, play, tonesOf(pressed), false, true)
    sender.play(new KeysPlaying(play, this.#name(), pressed, remote.packetMillis), true, this.#now())
    return null
  }

  async #record(id: number, path: string): Promise<null> {
    if (this.#leg(id).isRecording) throw new EngineFault("recording", `leg ${id} is being recorded already`)
    const sink = await this.#world.createFile(path).catch((error: unknown) => {
      throw new EngineFault("recording", `${path} cannot be written: ${sentenceOf(error)}`)
    })
    const leg = this.#legs.get(id)
    if (leg === undefined || leg.isRecording) {
      await sink.close()
      throw new EngineFault("leg", `leg ${id} is closed`)
    }
    leg.record(sink, this.#now())
    return null
  }

  async #stopRecording(leg: Leg): Promise<CommandOutput<"stopRecording">> {
    const result = await leg.stopRecording(this.#now()).catch((error: unknown) => {
      throw new EngineFault("recording", `the recording could not be written: ${sentenceOf(error)}`)
    })
    if (result === null) throw new EngineFault("recording", `leg ${leg.id} is not being recorded`)
    return result
  }

  async #shutdown(): Promise<null> {
    await Promise.all([...this.#legs.keys()].map((id) => this.#close(id)))
    return null
  }
}

/** No packet, whatever it holds, may end the thread that carries everybody's calls. */
const guarded =
  (defect: (error: unknown) => void, receive: Receive): Receive =>
  (bytes, address, port) => {
    try {
      receive(bytes, address, port)
    } catch (error) {
      defect(error)
    }
  }

const done = (_: void): null => null

const unbridge = (leg: Leg): void => {
  leg.sender.leave()
  leg.peer?.sender.leave()
  if (leg.peer !== null) leg.peer.peer = null
  leg.peer = null
}

/** Keys as tones, for a far end without telephone-event: 100 ms each, as long apart. */
const tonesOf = (pressed: string): Prompt =>
  promptOf(
    toneOf(
      [...pressed].flatMap((key) => [
        { hertz: hertzOfKey(key), millis: 100, dBm0: -10 },
        { hertz: [], millis: 100, dBm0: 0 }
      ])
    )
  )

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
