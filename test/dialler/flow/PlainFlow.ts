import { FlowAction } from "../../../src/dialler/flow/FlowProgram.ts"
import type { CallFlow, FlowStep } from "../../../src/domain/flow/CallFlow.ts"

const turnsMax = 200

/** Keys as a regular expression: an own reading of the notation. */
const expressionOf = (keys: string): RegExp =>
  new RegExp(`^${keys.replace(/(?<!\[[^\]]*)[*#]/g, "[$&]").replaceAll("X", "[0-9]")}$`)
const fits = (pattern: string, keys: string): boolean => keys.length <= 20 && expressionOf(pattern).test(keys)

/** A call in a flow, told in the words of the flow itself: the same rules as `FlowRuns`, written to be read. */
export class PlainFlow {
  readonly answers: Array<string> = []
  step: FlowStep
  turn = 0
  result: string | null = null
  action: number = FlowAction.none
  readonly #flow: CallFlow
  readonly #asked = new Map<string, number>()
  readonly #last = new Map<string, string>()
  /** What is known of the contact at a branch. */
  #cases: number | null = null

  constructor(flow: CallFlow) {
    this.#flow = flow
    this.step = flow.steps[0]
    this.#go(this.step)
  }

  keys(keys: string): void {
    if (this.step.do !== "collect") return
    const found = Object.entries(this.step.keys).find(([pattern]) => fits(pattern, keys))
    if (found === undefined) return this.#again(this.step.invalid ?? this.step.noInput)
    this.#last.set(this.step.name, keys)
    this.answers.push(`${this.step.name} ${keys}`)
    this.#to(found[1])
  }
  timedOut(): void {
    if (this.step.do === "collect") this.#again(this.step.noInput)
  }
  looked(cases: number): void {
    if (this.step.do !== "branch") return
    this.#cases = cases
    this.#branch(this.step)
  }
  transferred(): void {
    this.#over("transferred", FlowAction.none)
  }
  transferFailed(): void {
    if (this.step.do !== "transfer") return
    if (this.step.failed !== undefined) return this.#to(this.step.failed)
    this.#over("transfer-failed", "group" in this.step ? FlowAction.giveUp : FlowAction.hangUp)
  }
  /** After what always leads on: a prompt, a recording, a mark, a value. */
  goOn(): void {
    const index = this.#flow.steps.indexOf(this.step)
    const named = "next" in this.step ? this.step.next : undefined
    this.#go(named === undefined ? this.#flow.steps[index + 1] : this.#stepOf(named))
  }

  #stepOf(name: string): FlowStep {
    const step = this.#flow.steps.find((each) => each.name === name)
    if (step === undefined) throw new Error(`no step ${name}`)
    return step
  }
  #to(name: string): void {
    this.#go(this.#stepOf(name))
  }
  #again(otherwise: string): void {
    if (this.step.do !== "collect") return
    const asked = this.#asked.get(this.step.name) ?? 0
    if (asked <= (this.step.repeats ?? 2)) this.#go(this.step)
    else this.#to(otherwise)
  }
  #over(result: string, action: number): void {
    this.result = result
    this.action = action
    this.turn = 0
  }

  #go(step: FlowStep): void {
    if (this.turn === turnsMax) return this.#over("turn-limit", FlowAction.hangUp)
    this.turn += 1
    this.step = step
    switch (step.do) {
      case "play":
      case "say":
        this.action = FlowAction.play
        return
      case "collect": {
        const asked = this.#asked.get(step.name) ?? 0
        if (asked > (step.repeats ?? 2)) return this.#to(step.noInput)
        this.#asked.set(step.name, asked + 1)
        this.action = FlowAction.collect
        return
      }
      case "branch":
        this.#cases = null
        return this.#branch(step)
      case "record":
        this.action = FlowAction.record
        return
      case "transfer":
        this.action = "group" in step ? FlowAction.transferToGroup : FlowAction.transferToNumber
        return
      case "do-not-call":
        this.action = FlowAction.doNotCall
        return
      case "set":
        this.action = FlowAction.set
        return
      case "hang-up":
        return this.#over(step.result, FlowAction.hangUp)
    }
  }

  #branch(step: Extract<FlowStep, { do: "branch" }>): void {
    let contacts = 0
    for (const each of step.cases) {
      let holds: boolean
      if ("contact" in each) {
        if (this.#cases === null) {
          this.action = FlowAction.look
          return
        }
        holds = (this.#cases & (1 << contacts)) !== 0
        contacts += 1
      } else if ("tries" in each) holds = (this.#asked.get(each.question) ?? 0) >= each.tries
      else holds = fits(each.keys, this.#last.get(each.question) ?? "")
      if (holds) return this.#to(each.next)
    }
    this.#to(step.otherwise)
  }
}
