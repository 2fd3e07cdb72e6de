import { flowLimits } from "../../domain/flow/flowLimits.ts"
import {
  branchCode,
  fitsWay,
  FlowAction,
  type FlowProgram,
  resultOfFailedTransfer,
  resultOfTransfer,
  resultOfTurnLimit,
  WayKind
} from "./FlowProgram.ts"

/** Takes the valid entries of keys. Must not call back. */
export interface FlowSink {
  readonly answered: (call: number, step: number, keys: string) => void
}

/**
 * Where every call is in its flow, by call slot, and what follows from what happens. Each method takes one event and gives
 * the `FlowAction` that is next, for the step then in `step`. `turn` counts the steps a call has taken; it goes out with every
 * action and comes back with the event that answers it, so that an event that comes too late (of an earlier step, of a
 * question asked again meanwhile, after the end) is known: it gives `none` and changes nothing.
 *
 * No call takes more than `flowLimits.turns` steps: `checkFlow` sees to that, and here a call is ended rather than go on.
 */
export class FlowRuns {
  /** Step a call is at. */
  step = new Int16Array(0)
  /** Steps it has taken, the present one included; 0 when no flow runs. */
  turn = new Uint16Array(0)
  /** Result of the flow that ended last, as a number of its program's `results`; -1 before, and when the person hung up. */
  result = new Int16Array(0)
  /** Number of its program; kept after the end. */
  program = new Int16Array(0)
  /** By call and step: times it was done. */
  #visits = new Uint8Array(0)
  /** By call and question: the last valid entry. */
  #keys: Array<string> = []
  readonly #programs: Array<FlowProgram>
  readonly #sink: FlowSink

  constructor(programs: ReadonlyArray<FlowProgram>, sink: FlowSink) {
    this.#programs = [...programs]
    this.#sink = sink
  }

  /** One more program; calls under way keep theirs. Returns its number. */
  add(program: FlowProgram): number {
    return this.#programs.push(program) - 1
  }

  /** The program of a call's flow, the last one after its end. */
  programOf(call: number): FlowProgram {
    return this.#programs[this.program[call]]
  }

  /** Times a call has done a step, the present time included; of a question, times it was asked. */
  visits(call: number, step: number): number {
    return this.#visits[call * flowLimits.steps + step]
  }

  /** A person, or a machine taken for one, has answered: the flow begins. */
  begin(call: number, program: number): number {
    if (call >= this.step.length) this.#grow(call + 1)
    this.ended(call)
    const { length } = this.#programs[program].code
    this.#visits.fill(0, call * flowLimits.steps, call * flowLimits.steps + length)
    this.program[call] = program
    this.turn[call] = 0
    this.result[call] = -1
    return this.#enter(call, 0)
  }

  /** The prompt of a `play` is over. */
  played(call: number, turn: number): number {
    return this.#isAt(call, turn, FlowAction.play) ? this.#follow(call) : FlowAction.none
  }

  /** The entry of a `collect` is over: keys of 0-9, * and #, without the terminator. */
  keys(call: number, turn: number, keys: string): number {
    if (!this.#isAt(call, turn, FlowAction.collect)) return FlowAction.none
    const program = this.programOf(call)
    const step = this.step[call]
    for (let way = program.wayFrom[step]; way < program.wayTo[step]; way += 1) {
      if (!fitsWay(program, way, keys)) continue
      this.#keys[call * flowLimits.questions + program.question[step]] = keys
      this.#sink.answered(call, step, keys)
      return this.#enter(call, program.wayStep[way])
    }
    return this.#askAgain(call, program.invalid[step])
  }

  /** No key in time at a `collect`. */
  timedOut(call: number, turn: number): number {
    if (!this.#isAt(call, turn, FlowAction.collect)) return FlowAction.none
    return this.#askAgain(call, this.programOf(call).next[this.step[call]])
  }

  /** The recording of a `record` is over. */
  recorded(call: number, turn: number): number {
    return this.#isAt(call, turn, FlowAction.record) ? this.#follow(call) : FlowAction.none
  }

  /** What a `look` found: bit 0 for the first case of the step that looks at the contact, bit 1 for the second, and so on. */
  looked(call: number, turn: number, cases: number): number {
    if (!this.#isAt(call, turn, branchCode)) return FlowAction.none
    return this.#enter(call, this.#decide(call, cases & 0x7fff_ffff))
  }

  /** A `doNotCall` or `set` is done. */
  proceed(call: number, turn: number): number {
    const isAt = this.#isAt(call, turn, FlowAction.doNotCall) || this.#isAt(call, turn, FlowAction.set)
    return isAt ? this.#follow(call) : FlowAction.none
  }

  /** Somebody took the call that a transfer gave away. The flow is over; true unless the event came too late. */
  transferred(call: number, turn: number): boolean {
    if (!this.#isAtTransfer(call, turn)) return false
    this.#end(call, resultOfTransfer)
    return true
  }

  /** Nobody took it. Without a step for that, a call for agents is the dialler's to give up, one for a number ends. */
  transferFailed(call: number, turn: number): number {
    if (!this.#isAtTransfer(call, turn)) return FlowAction.none
    const failed = this.programOf(call).next[this.step[call]]
    if (failed >= 0) return this.#enter(call, failed)
    const code = this.programOf(call).code[this.step[call]]
    this.#end(call, resultOfFailedTransfer)
    return code === FlowAction.transferToGroup ? FlowAction.giveUp : FlowAction.hangUp
  }

  /** The call is over, or has left the flow for another reason. */
  ended(call: number): void {
    if (call < this.turn.length && this.turn[call] > 0) this.#end(call, -1)
  }

  #isAt(call: number, turn: number, code: number): boolean {
    return (
      call < this.turn.length &&
      turn > 0 &&
      this.turn[call] === turn &&
      this.programOf(call).code[this.step[call]] === code
    )
  }

  #isAtTransfer(call: number, turn: number): boolean {
    return this.#isAt(call, turn, FlowAction.transferToGroup) || this.#isAt(call, turn, FlowAction.transferToNumber)
  }

  #follow(call: number): number {
    return this.#enter(call, this.programOf(call).next[this.step[call]])
  }

  #askAgain(call: number, otherwise: number): number {
    const step = this.step[call]
    const asksMax = this.programOf(call).asksMax[step]
    return this.#enter(call, this.visits(call, step) < asksMax ? step : otherwise)
  }

  /** Goes to a step and on through those that only decide, to the next thing to be done. */
  #enter(call: number, first: number): number {
    const program = this.programOf(call)
    let step = first
    for (;;) {
      if (this.turn[call] === flowLimits.turns) {
        this.#end(call, resultOfTurnLimit)
        return FlowAction.hangUp
      }
      this.turn[call] += 1
      this.step[call] = step
      const code = program.code[step]
      const visit = call * flowLimits.steps + step
      if (code === FlowAction.collect && this.#visits[visit] === program.asksMax[step]) step = program.next[step]
      else {
        this.#visits[visit] += 1
        if (code === FlowAction.hangUp) this.#end(call, program.detail[step])
        if (code !== branchCode) return code
        step = this.#decide(call, -1)
        if (step < 0) return FlowAction.look
      }
    }
  }

  /** Where the branch a call is at leads. `cases`: those of the contact that hold; -1 gives -1 where it must be known. */
  #decide(call: number, cases: number): number {
    const program = this.programOf(call)
    const step = this.step[call]
    for (let way = program.wayFrom[step]; way < program.wayTo[step]; way += 1) {
      const kind = program.wayKind[way]
      if (kind === WayKind.contact && cases < 0) return -1
      if (this.#holds(call, program, way, cases)) return program.wayStep[way]
    }
    return program.next[step]
  }

  #holds(call: number, program: FlowProgram, way: number, cases: number): boolean {
    switch (program.wayKind[way]) {
      case WayKind.keys:
        return fitsWay(program, way, this.#keys[call * flowLimits.questions + program.wayOf[way]])
      case WayKind.tries:
        return this.visits(call, program.wayOf[way]) >= program.wayAmount[way]
      default:
        return ((cases >>> program.wayAmount[way]) & 1) === 1
    }
  }

  /** What was pressed may be nobody's business any more: it is not kept. */
  #end(call: number, result: number): void {
    this.result[call] = result
    this.turn[call] = 0
    this.#keys.fill("", call * flowLimits.questions, (call + 1) * flowLimits.questions)
  }

  #grow(atLeast: number): void {
    const capacity = Math.max(atLeast, 64, this.step.length * 2)
    const grown = <T extends Int16Array | Uint16Array | Uint8Array>(column: T, empty: T): T => {
      empty.set(column)
      return empty
    }
    this.step = grown(this.step, new Int16Array(capacity))
    this.turn = grown(this.turn, new Uint16Array(capacity))
    this.result = grown(this.result, new Int16Array(capacity))
    this.program = grown(this.program, new Int16Array(capacity))
    this.#visits = grown(this.#visits, new Uint8Array(capacity * flowLimits.steps))
    while (this.#keys.length < capacity * flowLimits.questions) this.#keys.push("")
  }
}
