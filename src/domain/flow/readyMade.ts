import type { E164 } from "../Contact.ts"
import type { CallFlow, FlowStep, Prompt } from "./CallFlow.ts"

/* Ready-made flows: plain data to be used as they are, or to begin with. `checkFlow` sees what their parameters break. */

/** What every ready-made flow can offer: a key that puts the person on the do-not-call list. */
interface OptOut {
  readonly key: string
  /** What is heard then. */
  readonly confirmation: Prompt
}

const heard = (name: string, prompt: Prompt, next?: string): FlowStep => ({
  name,
  ...("file" in prompt ? { do: "play", ...prompt } : { do: "say", ...prompt }),
  ...(next === undefined ? {} : { next })
})
const end = (name: string, result: string): FlowStep => ({ name, do: "hang-up", result })

const optOutSteps = (optOut: OptOut | undefined): ReadonlyArray<FlowStep> =>
  optOut === undefined
    ? []
    : [
        { name: "do not call", do: "do-not-call" },
        heard("do not call confirmed", optOut.confirmation),
        end("opted out", "refused")
      ]
type Keys = Readonly<Record<string, string>>
/** Written another way where the key is taken, so that `checkFlow` finds both of them. */
const withOptOut = (keys: Keys, optOut: OptOut | undefined): Keys => {
  if (optOut === undefined) return keys
  return { ...keys, [Object.hasOwn(keys, optOut.key) ? `[${optOut.key}]` : optOut.key]: "do not call" }
}

export interface Announcement {
  readonly name: string
  readonly message: Prompt
  readonly optOut?: OptOut
  /** How long to wait for the key after the message, seconds. */
  readonly timeoutSeconds?: number
}

/** Plays a message, once. */
export const announcement = ({ message, name, optOut, timeoutSeconds }: Announcement): CallFlow => ({
  name,
  steps: [
    optOut === undefined
      ? heard("message", message)
      : {
          name: "message",
          do: "collect",
          prompt: message,
          keys: withOptOut({}, optOut),
          ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
          repeats: 0,
          noInput: "served"
        },
    end("served", "served"),
    ...optOutSteps(optOut)
  ]
})

export interface SurveyQuestion {
  /** The name its answers are kept under. */
  readonly name: string
  readonly prompt: Prompt
  /** Keys that are answers, such as `[1-5]`; all lead to the next question. */
  readonly keys: ReadonlyArray<string>
}

export interface Survey {
  readonly name: string
  readonly greeting: Prompt
  readonly questions: readonly [SurveyQuestion, ...ReadonlyArray<SurveyQuestion>]
  /** A last question, answered by speaking. */
  readonly opinion?: { readonly prompt: Prompt; readonly secondsMax: number }
  readonly thanks: Prompt
  /** A key for it at every question. */
  readonly optOut?: OptOut
  readonly timeoutSeconds?: number
  readonly repeats?: number
}

/** Questions one after the other. Who answers one of them not at all is thanked and asked no more. */
export const survey = (options: Survey): CallFlow => {
  const { greeting, name, opinion, optOut, questions, repeats, thanks, timeoutSeconds } = options
  const after = opinion === undefined ? "thanks" : "opinion"
  return {
    name,
    steps: [
      heard("greeting", greeting),
      ...questions.map((question, index): FlowStep => {
        const next = index + 1 < questions.length ? questions[index + 1].name : after
        return {
          name: question.name,
          do: "collect",
          prompt: question.prompt,
          keys: withOptOut(Object.fromEntries(question.keys.map((key) => [key, next])), optOut),
          ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
          ...(repeats === undefined ? {} : { repeats }),
          noInput: "thanks unanswered"
        }
      }),
      ...(opinion === undefined
        ? []
        : [{ name: "opinion", do: "record", prompt: opinion.prompt, secondsMax: opinion.secondsMax } as const]),
      heard("thanks", thanks),
      end("served", "served"),
      heard("thanks unanswered", thanks),
      end("unanswered", "unanswered"),
      ...optOutSteps(optOut)
    ]
  }
}

export interface OfferThenTransfer {
  readonly name: string
  readonly offer: Prompt
  /** The key for a person. */
  readonly transferKey: string
  /** A group of the campaign, or a number. */
  readonly to: { readonly group: string } | { readonly number: E164 }
  /** What is heard when nobody takes the call; without it the call ends. */
  readonly nobody?: Prompt
  readonly optOut?: OptOut
  readonly timeoutSeconds?: number
  readonly repeats?: number
}

/** An offer, and a key for whoever wants to talk about it. */
export const offerThenTransfer = (options: OfferThenTransfer): CallFlow => {
  const { name, nobody, offer, optOut, repeats, timeoutSeconds, to, transferKey } = options
  return {
    name,
    steps: [
      {
        name: "offer",
        do: "collect",
        prompt: offer,
        keys: withOptOut({ [transferKey]: "transfer" }, optOut),
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
        repeats: repeats ?? 0,
        noInput: "not interested"
      },
      { name: "transfer", do: "transfer", ...to, ...(nobody === undefined ? {} : { failed: "nobody there" }) },
      ...(nobody === undefined ? [] : [heard("nobody there", nobody), end("not transferred", "not-transferred")]),
      end("not interested", "no-interest"),
      ...optOutSteps(optOut)
    ]
  }
}
