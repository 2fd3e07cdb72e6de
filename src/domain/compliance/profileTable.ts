import type { Profile } from "./Profile.ts"
import type { AbandonRule, Cap, Hours } from "./Rules.ts"
import { markOf } from "./select.ts"

/** The tables of `docs/compliance.md`, in Markdown, from the profiles themselves. */
export const profileTables = (profiles: ReadonlyArray<Profile>): string =>
  [
    table(["profile", "basis", "valid", "confidence"], profiles.map(whatItIs)),
    table(
      [
        "profile",
        "abandoned at most",
        "wait",
        "message",
        "ring",
        "after an abandoned call",
        "after a detected machine"
      ],
      profiles.map(abandonment)
    ),
    table(["profile", "hours where the person is", "caps", "caller ID", "suppression lists"], profiles.map(calling))
  ].join("\n\n")

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

const none = "–"
const lines = (texts: ReadonlyArray<string>): string => (texts.length === 0 ? none : texts.join("<br>"))
const name = (profile: Profile): string => `\`${profile.id}\``

const whatItIs = (profile: Profile): ReadonlyArray<string> => {
  const { validFrom, validTo } = profile
  const from = validFrom === undefined ? "" : `from ${validFrom}`
  const to = validTo === undefined ? "" : `until ${validTo}`
  return [name(profile), profile.basis, [from, to].join(" ").trim() || none, profile.confidence]
}

const abandonment = (profile: Profile): ReadonlyArray<string> => {
  const { abandon = [], connect, message, redial, ring } = profile.rules
  const marked = (path: string, text: string) => withMark(profile, path, text)
  const afterAbandon = (redial?.afterAbandon ?? []).map(
    ({ liftedBy, n, thenReserved, unit }) =>
      `${n} ${unit === "hours" ? "h" : "full days"}${lifted(liftedBy)}${thenReserved ? ", then reserved agent only" : ""}`
  )
  const afterAmd = (redial?.afterAmd ?? []).map(
    ({ kind, liftedBy, n }) => `${kind === "hours" ? `${n} h` : n === 1 ? "same day" : `${n} days`}${lifted(liftedBy)}`
  )
  return [
    name(profile),
    lines(abandon.map((rule, i) => marked(`abandon.${i}.ceiling`, abandonText(rule)))),
    lines((connect?.waits ?? []).map((wait) => marked("connect.waits", waitText(wait)))),
    message === undefined ? none : marked("message.mustHave", message.mustHave?.join(", ") ?? "yes"),
    ring === undefined ? none : marked("ring", ringText(ring.millisMin, ring.millisMax)),
    afterAbandon.length === 0 ? none : marked("redial.afterAbandon", lines(afterAbandon)),
    afterAmd.length === 0 ? none : marked("redial.afterAmd", lines(afterAmd))
  ]
}

const calling = (profile: Profile): ReadonlyArray<string> => {
  const { caps = [], cli = {}, dnc = [], hours = [], redial } = profile.rules
  const marked = (path: string, text: string) => withMark(profile, path, text)
  const limits = caps.map(capText)
  if (redial?.afterRefusalDays !== undefined) limits.push(`${redial.afterRefusalDays} full days after a refusal`)
  if (redial?.afterConversationDays !== undefined) {
    limits.push(`${redial.afterConversationDays} full days after a conversation`)
  }
  const wanted = (["required", "valid", "dialable", "callbackAnswers"] as const).filter((flag) => cli[flag] === true)
  const attested = cli.attestationMin === undefined ? [] : [`attestation ${cli.attestationMin}`]
  return [
    name(profile),
    lines(hours.map((layer, i) => marked(`hours.${i}`, hoursText(layer)))),
    limits.length === 0 ? none : marked("caps", lines(limits)),
    marked("cli", [...wanted, ...attested, ...(cli.numberRanges ?? [])].join("; ") || none),
    lines(dnc.map(({ ageDaysMax, source }) => (ageDaysMax === undefined ? source : `${source}, ${ageDaysMax} d`)))
  ]
}

const withMark = (profile: Profile, path: string, text: string): string => {
  const mark = markOf(profile, path)
  return mark === undefined ? text : `${text} (${mark})`
}

const lifted = (by: "reservedAgent" | "none"): string => (by === "none" ? "" : ", reserved agent exempt")
const percent = (share: number): string => `${Number((share * 100).toFixed(3))} %`

const abandonText = ({ breach, ceiling, denominator, includeAmdFalse, target, window }: AbandonRule): string => {
  const formula =
    includeAmdFalse === "no" ? denominator : `${denominator} with F${includeAmdFalse === "upper" ? "_up" : ""}`
  const limit = ceiling === null ? "" : `${breach === "above" ? "" : "under "}${percent(ceiling)}`
  const aim = target === undefined ? "" : `target ${denominator === "D_COUNT" ? target : percent(target)}`
  const per =
    window.kind === "calendarDay"
      ? "a day"
      : window.kind === "calendarMonth"
        ? "a month"
        : window.kind === "campaign"
          ? "a campaign"
          : `per ${window.days} days`
  return `${[limit, aim].filter((part) => part !== "").join(", ")} ${formula} ${per}`
}

const clockTexts = { answer: "answer", greetingStart: "greeting start", greetingEnd: "greeting end" } as const
const waitText = (wait: { readonly clockStart: keyof typeof clockTexts; readonly millisMax: number }): string =>
  `${wait.millisMax / 1_000} s from ${clockTexts[wait.clockStart]}`

const ringText = (min: number | undefined, max: number | undefined): string =>
  [min === undefined ? "" : `${min / 1_000} s`, max === undefined ? "" : `at most ${max / 1_000} s`]
    .filter((part) => part !== "")
    .join(", ")

const dayText = (texts: ReadonlyArray<string> | undefined): string =>
  texts === undefined ? "as the day" : texts.length === 0 ? "none" : texts.join(", ")

const hoursText = ({ holiday, monFri, sat, sun }: Hours): string =>
  `Mon–Fri ${dayText(monFri)} / Sat ${dayText(sat)} / Sun ${dayText(sun)} / holiday ${dayText(holiday)}`

const capText = ({ count, key, n, window }: Cap): string => {
  const per =
    window.kind === "rolling"
      ? `in any ${window.hours} h`
      : window.kind === "localDays"
        ? window.days === 1
          ? "a day"
          : `in ${window.days} days`
        : `a ${window.kind}`
  return `${n} ${n === 1 ? count.slice(0, -1) : count} ${per} per ${key}`
}
