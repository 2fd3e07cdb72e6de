import type { E164 } from "../../domain/Contact.ts"
import type { Prompt } from "../../domain/flow/CallFlow.ts"
import { flowLimits } from "../../domain/flow/flowLimits.ts"
import { keyBit } from "../../domain/flow/keyPattern.ts"

/**
 * What is to be done next for a call. `play`, `collect`, `record`, `look` and the transfers are answered by an event later;
 * `doNotCall` and `set` are done at once, then `proceed` gives what follows; after `hangUp` and `giveUp` there is nothing
 * more. `none`: the event came too late and changed nothing.
 */
export const FlowAction = {
  none: 0,
  play: 1,
  collect: 2,
  record: 3,
  /** Look which of the step's cases hold for the contact. */
  look: 4,
  /** Agents of a group are wanted. */
  transferToGroup: 5,
  transferToNumber: 6,
  doNotCall: 7,
  set: 8,
  hangUp: 9,
  /** Nobody took the call, and the flow has nothing more to say: the dialler gives it up as any other call. */
  giveUp: 10
} as const

/** The code of a step is its action; a branch has none. */
export const branchCode = 11

/** What a way out of a question or a branch goes by. */
export const WayKind = { keys: 0, tries: 1, contact: 2 } as const

/** A value that a step keeps: an answer of the call, or a parameter of the contact. `value` may have placeholders. */
export interface Setting {
  readonly to: "answer" | "parameter"
  readonly name: string
  readonly value: string
}

/** Results that no step names. */
export const resultOfTransfer = 0
export const resultOfFailedTransfer = 1
export const resultOfTurnLimit = 2
export const givenResults = ["transferred", "transfer-failed", "turn-limit"] as const

/**
 * A call flow made ready to run: columns by step, and by way for those of questions and branches. Steps, ways, prompts and
 * the like are numbers; -1 stands for none.
 */
export interface FlowProgram {
  readonly name: string
  readonly stepNames: ReadonlyArray<string>
  /** A `FlowAction`, or `branchCode`. */
  readonly code: Uint8Array
  /** The step that follows; of a question where it leads without keys, of a branch otherwise, of a transfer when it fails. */
  readonly next: Int16Array
  /** Of a question: where other keys lead in the end. */
  readonly invalid: Int16Array
  /** Of a question: how often it may be asked in a call. */
  readonly asksMax: Uint8Array
  /** Of a question: its place among the questions. */
  readonly question: Int16Array
  /** First way of the step, and the one after its last. */
  readonly wayFrom: Int16Array
  readonly wayTo: Int16Array
  /** By code: number of the group, the number, the setting or the result. */
  readonly detail: Int16Array
  /** Of `prompts`. */
  readonly prompt: Int16Array

  readonly wayKind: Uint8Array
  readonly wayStep: Int16Array
  /** Of a way by tries: step of the question. Of a way by keys: place of the question. */
  readonly wayOf: Int16Array
  /** Of a way by tries: how many at least. Of a way by contact: its bit in the answer to `look`. */
  readonly wayAmount: Uint8Array
  /** Keys of a way: first of `keySets`, how many, and whether more may follow. */
  readonly wayKeys: Int32Array
  readonly wayLength: Uint8Array
  readonly wayMore: Uint8Array
  readonly keySets: Uint16Array

  readonly prompts: ReadonlyArray<Prompt>
  readonly groups: ReadonlyArray<string>
  readonly numbers: ReadonlyArray<E164>
  readonly settings: ReadonlyArray<Setting>
  readonly results: ReadonlyArray<string>
  readonly language: string | null
  readonly voice: string | null

  /** For the media side, by step. A question's time-out runs from the end of the prompt and anew from each key. */
  readonly timeoutMillis: Int32Array
  readonly bargeIn: Uint8Array
  /** Character code of the key that ends an entry, 0 for none. */
  readonly terminator: Uint8Array
  readonly beep: Uint8Array
  readonly recordMillisMax: Int32Array
  readonly silenceMillis: Int32Array
}

/** Whether an entry fits the keys of a way. */
export const fitsWay = (program: FlowProgram, way: number, keys: string): boolean => {
  const length = program.wayLength[way]
  if (keys.length < length || keys.length > (program.wayMore[way] === 1 ? flowLimits.keys : length)) return false
  return begins(program, way, keys)
}

/** Whether an entry that fits the way could begin so and go on. */
const mayFollow = (program: FlowProgram, way: number, keys: string): boolean =>
  keys.length < (program.wayMore[way] === 1 ? flowLimits.keys : program.wayLength[way]) && begins(program, way, keys)

const begins = (program: FlowProgram, way: number, keys: string): boolean => {
  const first = program.wayKeys[way]
  const last = program.wayLength[way] - 1
  for (let place = 0; place < keys.length; place += 1) {
    const set = program.keySets[first + (place < last ? place : last)]
    if ((set & keyBit(keys.charCodeAt(place))) === 0) return false
  }
  return true
}

/**
 * Whether the keys pressed so far at a question, without the terminator, are the whole entry, right or wrong: whoever hears
 * the keys asks after each of them and then hands the entry in. Otherwise the entry ends with the terminator or the time-out.
 * A terminator pressed right after an entry that was over without it belongs to that entry and is dropped.
 */
export const isEntryOver = (program: FlowProgram, step: number, keys: string): boolean => {
  for (let way = program.wayFrom[step]; way < program.wayTo[step]; way += 1) {
    if (mayFollow(program, way, keys)) return false
  }
  return true
}
