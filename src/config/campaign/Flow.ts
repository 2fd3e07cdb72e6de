import { Schema } from "effect"
import * as CallFlow from "../../domain/flow/CallFlow.ts"
import { flowLimits } from "../../domain/flow/flowLimits.ts"
import { derived, field, required } from "../../yaml/fields.ts"

const { language, name: flowName, voice } = CallFlow.CallFlow.fields
const { name: stepName, repeats, timeoutSeconds } = CallFlow.Collect.fields

/** The same texts, with what they must look like in words; `pattern` is what an editor can check. */
const worded = (schema: Schema.Codec<string>, pattern: RegExp) => {
  const isOne = Schema.is(schema)
  const form = String(Schema.resolveAnnotations(schema)?.["x-form"])
  return Schema.String.check(
    Schema.isPattern(pattern, { "x-form": form }),
    Schema.makeFilter((text) => (isOne(text) ? undefined : form))
  )
}
const Keys = worded(CallFlow.KeysCase.fields.keys, /^[0-9*#X+[\]-]{1,80}$/)
const Spoken = worded(CallFlow.SpokenPrompt.fields.text, /^[^\p{Cc}]{1,1000}$/u)

/** What is heard. One block, so that a slip in it is not taken for a prompt of the other kind. */
export const Prompt = Schema.Struct({
  file: derived(
    CallFlow.RecordedPrompt.fields.file,
    "none; needed without text",
    "Sound file in the folder of prompts."
  ),
  text: derived(Spoken, "none; needed without file", "Spoken by the machine, with the contact's fields in braces."),
  language,
  voice
})
  .check(
    Schema.makeFilter((prompt) => {
      if ((prompt.file === undefined) === (prompt.text === undefined)) return "either file or text"
      const isSpoken = (prompt.language ?? prompt.voice) !== undefined
      return prompt.file !== undefined && isSpoken ? "file alone: language and voice are those of a text" : undefined
    })
  )
  .annotate({ identifier: "FlowPrompt" })

const OptOut = Schema.Struct({
  key: required(Keys, "The key that puts the person on the do-not-call list."),
  confirmation: required(Prompt, "What is heard then.")
}).annotate({ identifier: "FlowOptOut" })
const optOut = derived(OptOut, "none: no such key", "A key for people who want no such calls.")

const Announcement = Schema.Struct({
  name: field(flowName, "announcement", "Name of the flow."),
  message: required(Prompt, "What is heard, once."),
  optOut,
  timeoutSeconds
})

const Question = Schema.Struct({
  name: required(stepName, "What its answers are kept under; the name of its step."),
  prompt: required(Prompt, "What is asked."),
  keys: required(
    Schema.Array(Keys).check(Schema.isMinLength(1), Schema.isMaxLength(flowLimits.ways - 1)),
    "Keys that are answers, such as [1-5]; all lead to the next question."
  )
})
const Survey = Schema.Struct({
  name: field(flowName, "survey", "Name of the flow."),
  greeting: required(Prompt, "What is heard first."),
  questions: required(
    Schema.Array(Question).check(Schema.isMinLength(1), Schema.isMaxLength(flowLimits.questions)),
    "The questions, one after the other."
  ),
  opinion: derived(
    Schema.Struct({
      prompt: required(Prompt, "What is asked."),
      secondsMax: CallFlow.RecordAnswer.fields.secondsMax
    }),
    "none",
    "A last question, answered by speaking."
  ),
  thanks: required(Prompt, "What is heard last."),
  optOut,
  timeoutSeconds,
  repeats
})

const OfferThenTransfer = Schema.Struct({
  name: field(flowName, "offer", "Name of the flow."),
  offer: required(Prompt, "What is heard."),
  transferKey: required(Keys, "The key for a person."),
  to: required(
    Schema.Struct({
      group: derived(CallFlow.TransferToGroup.fields.group, "none; needed without number", "A group of the campaign."),
      number: derived(CallFlow.TransferToNumber.fields.number, "none; needed without group", "Whoever answers there.")
    }).check(
      Schema.makeFilter(({ group, number }) =>
        (group === undefined) === (number === undefined) ? "either group or number" : undefined
      )
    ),
    "Who takes the calls."
  ),
  nobody: derived(Prompt, "nothing: the call ends", "What is heard when nobody takes the call."),
  optOut,
  timeoutSeconds,
  repeats: derived(repeats, "0", "How many times the offer may be heard again.")
})

/** Ready-made flows by name. */
export const readyMadeNames = ["announcement", "survey", "offerThenTransfer"] as const

/** What an automatic campaign plays and asks: steps of its own, or a ready-made flow. */
export const Flow = Schema.Struct({
  name: derived(flowName, "none; needed with steps", "Name of a flow with steps of its own."),
  language,
  voice,
  steps: derived(
    Schema.Array(Schema.Unknown),
    "none; needed unless the flow is ready-made",
    "The steps, as in docs/call-flows.md."
  ),
  announcement: derived(Announcement, "none", "Ready-made: plays a message, once."),
  survey: derived(Survey, "none", "Ready-made: questions one after the other."),
  offerThenTransfer: derived(OfferThenTransfer, "none", "Ready-made: an offer, and a key for whoever wants to talk.")
})
  .check(
    Schema.makeFilter((flow) => {
      const made = readyMadeNames.filter((name) => flow[name] !== undefined)
      const own = [flow.name, flow.language, flow.voice, flow.steps].some((part) => part !== undefined)
      return made.length + Number(own) === 1 ? undefined : `name and steps, or one of ${readyMadeNames.join(", ")}`
    })
  )
  .annotate({ identifier: "CampaignFlow" })
export type Flow = typeof Flow.Type
