import { Schema } from "effect"
import { Distribution } from "../scenario/Distribution.ts"
import { derived, field, Ratio, Seconds, Share } from "../../src/yaml/fields.ts"

/** What a step without numbers of its own has. A default adds no effect: nobody hangs up, nobody presses a key. */
export const flowPeopleDefaults = {
  /** Calm speech; espeak-ng speaks 175 unless told. */
  wordsPerMinute: 150,
  hangUpPerSecond: 0,
  invalid: 0,
  earlyShare: 0,
  keySeconds: 2 as Distribution,
  recordSeconds: 10 as Distribution,
  answered: 1,
  answerSeconds: 10 as Distribution,
  talkSeconds: 120 as Distribution
} as const

/** Shares of those who hear the step to its end, so that they can be copied from a report. */
const StepPeople = Schema.Struct({
  promptSeconds: derived(Seconds, "for a text, from its words; needed for a file", "Length of the prompt."),
  hangUp: derived(Share, "from `hangUpPerSecond`", "People who hang up while the prompt is heard."),
  hangUpSeconds: derived(
    Distribution,
    "evenly over the prompt, or as `hangUpPerSecond` has it",
    "When they do, from the start of the prompt; at its end at the latest."
  ),
  keys: derived(
    Schema.Record(Schema.String, Share).annotate({ title: "shares by key" }),
    "none; needed for `collect`",
    "Share of each key, or pattern of keys, among those who do not hang up."
  ),
  invalid: field(Share, flowPeopleDefaults.invalid, "Share of those who press something else."),
  noInput: derived(Share, "what the other shares leave of 1", "Share of those who press nothing."),
  earlyShare: field(
    Share,
    flowPeopleDefaults.earlyShare,
    "Of those who press, who do it during the prompt, evenly over it; only where a key cuts it short."
  ),
  keySeconds: field(
    Distribution,
    flowPeopleDefaults.keySeconds,
    "From the end of the prompt to the last key; within the time-out."
  ),
  recordSeconds: field(Distribution, flowPeopleDefaults.recordSeconds, "Length of the recording, silence included."),
  holds: derived(
    Schema.Array(Share),
    "none; needed for a branch on the contact, where contacts are not of a file",
    "Share of contacts for each case that looks at the contact, in order: the first that holds for them."
  ),
  answered: field(Share, flowPeopleDefaults.answered, "Transfers to a number that are taken."),
  answerSeconds: field(Distribution, flowPeopleDefaults.answerSeconds, "Until they are, or fail."),
  talkSeconds: field(Distribution, flowPeopleDefaults.talkSeconds, "Talk after that.")
})
export type StepPeople = typeof StepPeople.Type

/** What people do in a call flow, step by step. */
export const FlowPeople = Schema.Struct({
  wordsPerMinute: field(Ratio(30, 500), flowPeopleDefaults.wordsPerMinute, "How fast texts are spoken."),
  hangUpPerSecond: field(
    Ratio(0, 1),
    flowPeopleDefaults.hangUpPerSecond,
    "Of the people who listen, how many hang up in a second, wherever a step has no share of its own."
  ),
  steps: field(
    Schema.Record(Schema.String, StepPeople).annotate({ title: "a block for each step" }),
    {},
    "What they do at each step, by its name."
  )
}).annotate({ identifier: "FlowPeople" })
export type FlowPeople = typeof FlowPeople.Type

/** People who hear everything and do nothing. */
export const quietPeople: FlowPeople = Schema.decodeUnknownSync(FlowPeople)({})

/** What a step without an entry of its own has. */
export const ofUnnamed: StepPeople = Schema.decodeUnknownSync(StepPeople)({})
