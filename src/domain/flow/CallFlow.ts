import { Schema } from "effect"
import { contactFields, E164 } from "../Contact.ts"
import { Filter, parameterPrefix } from "../Filter.ts"
import { flowDefaults, flowLimits } from "./flowLimits.ts"
import { parseKeyPattern } from "./keyPattern.ts"
import { answerPrefix, hasWholePlaceholders, placeholdersOf } from "./spokenText.ts"

/*
 * The script of an automatic call as data: named steps, each with what it does and where it leads. What no field can know
 * alone is in `checkFlow.ts`. `x-form` says in words what a field takes, for messages and references.
 */

const text = (form: string, pattern: RegExp) =>
  Schema.String.check(Schema.isPattern(pattern)).annotate({ "x-form": form })
const seconds = (minimum: number, maximum: number) =>
  Schema.Finite.annotate({ "x-unit": "s" })
    .check(Schema.isBetween({ minimum, maximum }))
    .annotate({ "x-form": `a time from ${minimum} to ${maximum} s` })
const count = (minimum: number, maximum: number) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum })).annotate({
    "x-form": `a whole number from ${minimum} to ${maximum}`
  })
const flag = Schema.Boolean.annotate({ "x-form": "true or false" })

const required = <S extends Schema.Top>(schema: S, description: string) =>
  schema.pipe(Schema.annotateKey({ description }))
const optional = <S extends Schema.Constraint>(schema: S, description: string, otherwise: unknown) =>
  Schema.optionalKey(schema).pipe(Schema.annotateKey({ description, "x-default": String(otherwise) }))

const namePattern = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,38}[\p{L}\p{N}])?$/u
const Name = text("a name of 1 to 40 letters, digits, spaces, - and _", namePattern)
/** Where a step leads. */
const Target = text("the name of a step", namePattern)
const next = optional(Target, "The step that follows.", "the next one in the list")

const fieldOf = (name: string): boolean =>
  contactFields.some((each) => each === name) ||
  (name.startsWith(parameterPrefix) && name.length > parameterPrefix.length) ||
  (name.startsWith(answerPrefix) && name.length > answerPrefix.length)

/** Text with placeholders, see `spokenText.ts`. */
const Template = Schema.String.check(
  Schema.isPattern(/^(?=.*\S)[^\p{Cc}]{1,1000}$/u),
  Schema.makeFilter((value: string) => hasWholePlaceholders(value)),
  Schema.makeFilter((value: string) => placeholdersOf(value).every(({ field }) => fieldOf(field)))
).annotate({
  "x-form":
    "one line of at most 1000 characters; in braces only a field of the contact, parameter. and a column, or answer. and a name: {firstName|neighbour}"
})

/** Within the folder of prompts, never above it. */
const File = text(
  "the name of a sound file, such as greeting.wav or en/greeting.wav",
  /^(?!.*\.\.)(?!.*\/\/)[\p{L}\p{N}_][\p{L}\p{N}_ ./-]{0,198}[\p{L}\p{N}_]$/u
)
/** Both go to a command for speech; neither may look like one of its options. */
const Language = text("a language, such as en or pt-BR", /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/)
const Voice = text("the name of a voice, such as en-us+f3", /^[A-Za-z0-9][A-Za-z0-9 _+.-]{0,58}$/)

const recorded = { file: required(File, "Sound file in the folder of prompts.") }
const spoken = {
  text: required(Template, "Spoken by the machine, with the contact's fields in braces."),
  language: optional(Language, "Its language.", "that of the flow"),
  voice: optional(Voice, "Who speaks.", "that of the flow")
}
export const RecordedPrompt = Schema.Struct(recorded)
export const SpokenPrompt = Schema.Struct(spoken)
/** What is heard: a sound file, or text to speech. */
export const Prompt = Schema.Union([RecordedPrompt, SpokenPrompt])
export type Prompt = typeof Prompt.Type

const Pattern = Schema.String.check(
  Schema.makeFilter((value: string) => value.length <= 80 && parseKeyPattern(value) !== null)
).annotate({ "x-form": "keys such as 1, *, [1-5], X for any digit, XXXX, or XX+ for two or more" })
const Terminator = Schema.Literals(["#", "*"]).annotate({ "x-form": "# or *" })
const prompt = optional(Prompt, "What is heard first.", "nothing")

const stepName = required(Name, "Its name, which no other step has.")
const does = <K extends string>(kind: K, description: string) => required(Schema.Literal(kind), description)

export const Play = Schema.Struct({ name: stepName, do: does("play", "Plays a sound file."), ...recorded, next })
export const Say = Schema.Struct({ name: stepName, do: does("say", "Speaks a text."), ...spoken, next })
export const Collect = Schema.Struct({
  name: stepName,
  do: does("collect", "Asks for keys."),
  prompt,
  keys: required(
    Schema.Record(Pattern, Target).annotate({
      "x-form": `1 to ${flowLimits.ways} keys or patterns of keys, each with the step it leads to`
    }),
    "Which keys are taken, and where each leads."
  ),
  terminator: optional(Terminator, "The key that ends an entry; it is not part of it.", "none"),
  timeoutSeconds: optional(
    seconds(1, 60),
    "How long to wait for a key, from the end of the prompt and anew from each key.",
    flowDefaults.timeoutSeconds
  ),
  repeats: optional(
    count(0, 9),
    "How many times the question may be asked again in the whole call, for whatever reason.",
    flowDefaults.repeats
  ),
  noInput: required(Target, "Where it leads when no key was pressed and the repeats are used up."),
  invalid: optional(Target, "Where it leads when other keys were pressed and the repeats are used up.", "as noInput"),
  bargeIn: optional(
    flag,
    "Whether a key cuts the prompt short; otherwise keys pressed during it are ignored.",
    flowDefaults.bargeIn
  )
})

const question = required(Target, "A step that collects keys.")
export const KeysCase = Schema.Struct({
  question,
  keys: required(Pattern, "Holds when the last valid entry there fits."),
  next: required(Target, "Where it then leads.")
})
export const TriesCase = Schema.Struct({
  question,
  tries: required(count(1, 10), "Holds when the question was asked at least so many times."),
  next: required(Target, "Where it then leads.")
})
export const ContactCase = Schema.Struct({
  contact: required(Filter.annotate({ "x-form": "a condition on the contact" }), "Holds for these contacts."),
  next: required(Target, "Where it then leads.")
})
export const BranchCase = Schema.Union([KeysCase, TriesCase, ContactCase])
export type BranchCase = typeof BranchCase.Type
export const Branch = Schema.Struct({
  name: stepName,
  do: does("branch", "Goes on by what is known; nothing is heard."),
  cases: required(
    Schema.Array(BranchCase)
      .check(Schema.isMinLength(1), Schema.isMaxLength(flowLimits.ways))
      .annotate({ "x-form": `a list of 1 to ${flowLimits.ways} cases` }),
    "The first case that holds decides."
  ),
  otherwise: required(Target, "Where it leads when no case holds.")
})

export const RecordAnswer = Schema.Struct({
  name: stepName,
  do: does("record", "Records what the person says, to the first key, silence or the longest time."),
  prompt,
  beep: optional(flag, "Whether a tone is heard before.", flowDefaults.beep),
  secondsMax: optional(seconds(1, 600), "Longest recording.", flowDefaults.secondsMax),
  silenceSeconds: optional(seconds(1, 30), "Silence that ends it.", flowDefaults.silenceSeconds),
  next
})

const failed = (otherwise: string) => optional(Target, "Where it leads when nobody takes the call.", otherwise)
export const TransferToGroup = Schema.Struct({
  name: stepName,
  do: does("transfer", "Gives the call away."),
  group: required(Name.annotate({ "x-form": "the name of a group" }), "Agents of this group of the campaign."),
  failed: failed("the end of the call, as abandoned")
})
export const TransferToNumber = Schema.Struct({
  name: stepName,
  do: does("transfer", "Gives the call away."),
  number: required(E164.annotate({ "x-form": "a number such as +442079460000" }), "Whoever answers there."),
  failed: failed("the end of the call")
})

export const DoNotCall = Schema.Struct({
  name: stepName,
  do: does("do-not-call", "Puts the person on the do-not-call list, at once."),
  next
})

const value = required(Template, "What it becomes.")
export const SetAnswer = Schema.Struct({
  name: stepName,
  do: does("set", "Keeps a value."),
  answer: required(Name, "The answer of this call that is set."),
  value,
  next
})
export const SetParameter = Schema.Struct({
  name: stepName,
  do: does("set", "Keeps a value."),
  parameter: required(
    Schema.String.check(Schema.isPattern(/^[^{}|\p{Cc}]{1,100}$/u)).annotate({
      "x-form": "the name of a column, without braces and bars"
    }),
    "The parameter of the contact that is set."
  ),
  value,
  next
})

export const HangUp = Schema.Struct({
  name: stepName,
  do: does("hang-up", "Ends the call."),
  result: required(
    text("a result in small letters, such as served or refused", /^[a-z][a-z0-9-]{0,39}$/),
    "How reports call this end."
  )
})

export const FlowStep = Schema.Union([
  Play,
  Say,
  Collect,
  Branch,
  RecordAnswer,
  TransferToGroup,
  TransferToNumber,
  DoNotCall,
  SetAnswer,
  SetParameter,
  HangUp
])
export type FlowStep = typeof FlowStep.Type

/** The first step begins the call. Input that is not known to be one goes through `decodeFlow`. */
export const CallFlow = Schema.Struct({
  name: required(Name, "Name of the flow."),
  language: optional(Language, "Language of spoken texts.", "that of the speech command"),
  voice: optional(Voice, "Voice of spoken texts.", "that of the language"),
  steps: required(
    Schema.Array(FlowStep)
      .check(Schema.isMinLength(1), Schema.isMaxLength(flowLimits.steps))
      .annotate({ "x-form": `a list of 1 to ${flowLimits.steps} steps` }),
    "The steps; the call begins with the first."
  )
})
export type CallFlow = typeof CallFlow.Type
