import { compose, type Composed } from "../src/domain/compliance/compose.ts"
import type { Cap, Hours, Rules } from "../src/domain/compliance/Rules.ts"
import { seconds } from "./format.ts"
import { saidBy, sourcesOf } from "./lawWords.ts"

const dayWords = (texts: ReadonlyArray<string> | undefined): string =>
  texts === undefined ? "any time" : texts.length === 0 ? "never" : texts.join(" and ").replaceAll("-", "–")

const hoursWords = ({ holiday, monFri, sat, sun }: Hours): string =>
  `Monday to Friday ${dayWords(monFri)}; Saturday ${dayWords(sat)}; Sunday ${dayWords(sun)}` +
  (holiday === undefined ? "" : `; holidays ${dayWords(holiday)}`)

const capWords = ({ count: of, key, n, window }: Cap): string => {
  const per =
    window.kind === "rolling"
      ? `in any ${window.hours} hours`
      : window.kind === "localDays"
        ? window.days === 1
          ? "a day"
          : `in ${window.days} days`
        : `a ${window.kind}`
  return `at most ${n} ${n === 1 ? of.slice(0, -1) : of} ${per} to one ${key}`
}

/** One rule beside the ceilings: what it says, who says it, and by which reasons it holds calls back. */
export interface PlainRule {
  readonly name: string
  readonly words: string
  readonly by: string
  readonly reasons: ReadonlyArray<string>
}

const clocks = {
  answer: "the answer",
  greetingStart: "the start of the greeting",
  greetingEnd: "the end of the greeting"
}

const capReasons = [
  "attempts-rolling",
  "attempts-per-day",
  "attempts-in-days",
  "attempts-per-week",
  "attempts-per-month",
  "attempts-per-campaign",
  "conversations"
]

/** One kind of rule: what it says, by which reasons it holds calls back, and whether a profile has one. */
interface Kind {
  readonly name: string
  readonly words: (rules: Rules) => ReadonlyArray<string>
  readonly reasons: ReadonlyArray<string>
  readonly of: (rules: Rules) => unknown
}

const kinds: ReadonlyArray<Kind> = [
  {
    name: "Hours",
    words: ({ hours = [] }) => (hours.length === 0 ? [] : [hours.map(hoursWords).join(" – and also: ")]),
    reasons: ["hours", "holiday"],
    of: (rules) => rules.hours
  },
  {
    name: "Attempts",
    words: ({ caps = [] }) => caps.map(capWords),
    reasons: capReasons,
    of: (rules) => rules.caps
  },
  {
    name: "Not again after an abandoned call",
    words: ({ redial }) =>
      (redial?.afterAbandon ?? []).flatMap(({ liftedBy, n, thenReserved, unit }) => [
        `${n} ${unit === "hours" ? "hours" : "full days"}${lifted(liftedBy)}`,
        ...(thenReserved ? ["afterwards only with an agent held for the call"] : [])
      ]),
    reasons: ["lock-out-abandoned", "reserved-agent-only"],
    of: (rules) => rules.redial?.afterAbandon
  },
  {
    name: "Not again after a detected machine",
    words: ({ redial }) =>
      (redial?.afterAmd ?? []).map(
        ({ kind, liftedBy, n }) =>
          `${kind === "hours" ? `${n} hours` : n === 1 ? "the same day" : `${n} days`}${lifted(liftedBy)}`
      ),
    reasons: ["lock-out-machine"],
    of: (rules) => rules.redial?.afterAmd
  },
  {
    name: "Not again after a refusal",
    words: ({ redial }) => fullDays(redial?.afterRefusalDays),
    reasons: ["lock-out-refusal"],
    of: (rules) => rules.redial?.afterRefusalDays
  },
  {
    name: "Not again after a conversation",
    words: ({ redial }) => fullDays(redial?.afterConversationDays),
    reasons: ["lock-out-conversation"],
    of: (rules) => rules.redial?.afterConversationDays
  },
  { name: "Ringing", words: ({ ring }) => ringWords(ring), reasons: [], of: (rules) => rules.ring },
  {
    name: "Waiting for an agent",
    words: ({ connect }) =>
      (connect?.waits ?? []).map(
        ({ clockStart, millisMax }) => `at most ${seconds(millisMax / 1_000)} from ${clocks[clockStart]}`
      ),
    reasons: [],
    of: (rules) => rules.connect?.waits
  },
  {
    name: "Message to whoever is abandoned",
    words: ({ message }) =>
      message?.required === true
        ? [(message.mustHave ?? []).map((part) => messageWords[part]).join(", ") || "required"]
        : [],
    reasons: [],
    of: (rules) => rules.message
  },
  {
    name: "Number shown",
    words: ({ cli }) => (cli === undefined ? [] : [callerWords(cli)]),
    reasons: ["caller-id"],
    of: (rules) => rules.cli
  },
  {
    name: "Suppression lists",
    words: ({ dnc = [] }) =>
      dnc.map(
        ({ ageDaysMax, source }) =>
          `${source === "*" ? "every list" : source}${ageDaysMax === undefined ? "" : ` at most ${ageDaysMax} d old`}`
      ),
    reasons: ["do-not-call", "list-stale"],
    of: (rules) => rules.dnc
  }
]

/** Every other rule of a law, in words. The house is named where its rules change what the profiles say. */
export const plainRules = ({ from, rules }: Composed): ReadonlyArray<PlainRule> => {
  const sources = sourcesOf(from)
  const profiles = compose(sources.flatMap(({ profile }) => profile ?? [])).rules
  const house = sources.filter(({ profile }) => profile === null).map(({ id }) => id)
  return kinds.flatMap(({ name, of, reasons, words }) => {
    const said = words(rules).join("; ")
    if (said === "") return []
    const by = saidBy(from, (own) => of(own) !== undefined)
    const isOwn = said !== words(profiles).join("; ")
    return [{ name, words: said, by: isOwn ? [...new Set([by, ...house])].join(", ") : by, reasons }]
  })
}

const lifted = (by: string): string => (by === "none" ? "" : ", unless an agent is held for the call")
const fullDays = (days: number | undefined): ReadonlyArray<string> => (days === undefined ? [] : [`${days} full days`])

const ringWords = (ring: Rules["ring"]): ReadonlyArray<string> => [
  ...(ring?.millisMin === undefined ? [] : [`at least ${seconds(ring.millisMin / 1_000)}`]),
  ...(ring?.millisMax === undefined ? [] : [`at most ${seconds(ring.millisMax / 1_000)}`])
]

const messageWords = {
  identity: "who calls",
  phone: "a number to call",
  purpose: "what it was about",
  optOutNumber: "a number to opt out",
  keypressOptOut: "a key to opt out"
} as const

const callerWords = ({
  attestationMin,
  callbackAnswers,
  dialable,
  numberRanges = [],
  required,
  valid
}: NonNullable<Rules["cli"]>): string =>
  [
    ...(required === true ? ["shown"] : []),
    ...(valid === true ? ["valid"] : []),
    ...(dialable === true ? ["can be called"] : []),
    ...(callbackAnswers === true ? ["somebody answers there"] : []),
    ...(attestationMin === undefined ? [] : [`attestation ${attestationMin}`]),
    ...numberRanges
  ].join("; ")
