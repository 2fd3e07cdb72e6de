import { Draws } from "../../../sim/random/Draws.ts"
import { seedOf } from "../../../sim/random/seed.ts"
import { E164 } from "../../../src/domain/Contact.ts"
import type { BranchCase, CallFlow, FlowStep } from "../../../src/domain/flow/CallFlow.ts"
import type { FlowKnown } from "../../../src/domain/flow/checkFlow.ts"

export const known: FlowKnown = { groups: ["desk", "sales"], parameters: null, files: null }

export const drawsOf = (seed: number): Draws => {
  const draws = new Draws(...seedOf(seed, 0))
  draws.at(1, 0, 0)
  return draws
}

const keySets: ReadonlyArray<ReadonlyArray<string>> = [
  ["1"],
  ["1", "2", "9"],
  ["[1-5]", "*"],
  ["XX", "#"],
  ["0[1-3]", "[4-9]"],
  ["X+"],
  ["1", "12", "2X+"]
]

export interface RandomFlow {
  readonly steps: number
  /** Most questions there are. */
  readonly questions: number
  readonly repeatsMax: number
  /** Chance of a way that leads back where no question bounds it. */
  readonly loose: number
}

/** A flow that is without fault unless `loose`, or too long. */
export const randomFlow = (draws: Draws, { loose, questions, repeatsMax, steps }: RandomFlow): CallFlow => {
  const kinds = ["play", "say", "collect", "collect", "collect", "branch", "record", "transfer", "do-not-call", "set"]
  let left = questions
  const kindOf = (index: number): string => {
    if (index === steps - 1) return "hang-up"
    const kind = draws.nextChance(0.05) ? "hang-up" : kinds[draws.nextBelow(kinds.length)]
    if (kind === "collect") left -= 1
    return kind === "collect" && left < 0 ? "play" : kind
  }
  const planned = Array.from({ length: steps }, (_, index) => kindOf(index))
  const asked = planned.flatMap((kind, index) => (kind === "collect" ? [index] : []))
  const nameOf = (index: number) => `s${index}`
  const anywhere = () => nameOf(draws.nextBelow(steps))
  const onwards = (index: number) =>
    draws.nextChance(loose) ? anywhere() : nameOf(index + 1 + draws.nextBelow(steps - 1 - index))
  const pick = <T>(list: ReadonlyArray<T>): T => list[draws.nextBelow(list.length)]
  const keysOf = new Map(asked.map((index) => [index, pick(keySets)]))
  const repeatsOf = new Map(asked.map((index) => [index, draws.nextBelow(repeatsMax + 1)]))
  const caseOf = (index: number): BranchCase => {
    const next = onwards(index)
    const kind = asked.length === 0 ? 2 : draws.nextBelow(3)
    const question = asked.length === 0 ? 0 : pick(asked)
    if (kind === 0) return { question: nameOf(question), keys: pick(keysOf.get(question) ?? []), next }
    if (kind === 1)
      return { question: nameOf(question), tries: 1 + draws.nextBelow((repeatsOf.get(question) ?? 0) + 1), next }
    return { contact: { op: "exists", field: pick(["city", "email"]) }, next }
  }
  const stepOf = (kind: string, index: number): FlowStep => {
    const name = nameOf(index)
    switch (kind) {
      case "play":
        return { name, do: "play", file: "a.wav", ...(draws.nextChance(0.5) ? {} : { next: onwards(index) }) }
      case "say":
        return { name, do: "say", text: `step ${index}`, next: onwards(index) }
      case "collect":
        return {
          name,
          do: "collect",
          keys: Object.fromEntries((keysOf.get(index) ?? []).map((keys) => [keys, anywhere()])),
          terminator: (keysOf.get(index) ?? []).includes("#") ? "*" : "#",
          repeats: repeatsOf.get(index) ?? 0,
          noInput: onwards(index),
          ...(draws.nextChance(0.5) ? {} : { invalid: anywhere() })
        }
      case "branch":
        return {
          name,
          do: "branch",
          cases: Array.from({ length: 1 + draws.nextBelow(3) }, () => caseOf(index)),
          otherwise: onwards(index)
        }
      case "record":
        return { name, do: "record", next: onwards(index) }
      case "transfer":
        return {
          name,
          do: "transfer",
          ...(draws.nextChance(0.5) ? { group: pick(known.groups) } : { number: E164.make("+442079460000") }),
          ...(draws.nextChance(0.3) ? {} : { failed: onwards(index) })
        }
      case "do-not-call":
        return { name, do: "do-not-call", next: onwards(index) }
      case "set":
        return { name, do: "set", answer: "kept", value: `value ${index}`, next: onwards(index) }
      default:
        return { name, do: "hang-up", result: pick(["served", "refused"]) }
    }
  }
  return { name: "random", steps: planned.map(stepOf) }
}
