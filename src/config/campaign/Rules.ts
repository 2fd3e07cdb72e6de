import { Schema } from "effect"
import { Count, derived, field, Minutes, PerSecond, Seconds, Share } from "../../yaml/fields.ts"
import { campaignDefaults } from "./defaults.ts"

/** A rule that says when a contact is called again. */
const ruleOf = (rule: { readonly delayMinutes: number; readonly attemptsMax: number }) =>
  Schema.Union([
    Schema.Literal("never"),
    Schema.Struct({
      delayMinutes: field(Minutes, rule.delayMinutes, "Wait before the contact is called again."),
      attemptsMax: field(
        Count(1, 100),
        rule.attemptsMax,
        "How many attempts may end this way before the contact is finished."
      )
    })
  ]).annotate({ title: "never, or a rule with delayMinutes and attemptsMax" })
const retry = <K extends Exclude<keyof typeof campaignDefaults.retry, "abandoned">>(
  outcome: K,
  description: string
) => {
  const rule = campaignDefaults.retry[outcome]
  return rule === "never"
    ? field(ruleOf(campaignDefaults.retryRule), rule, description)
    : field(ruleOf(rule), rule, description)
}
const afterAbandon = campaignDefaults.retry.abandoned
/** When contacts are called again, by outcome. */
export const Retry = Schema.Struct({
  abandoned: derived(
    Schema.Union([
      Schema.Literal("never"),
      Schema.Struct({
        delayMinutes: derived(
          Minutes,
          `the lock-out of the profiles, at least ${afterAbandon.delayMinutes}`,
          "Wait before the contact is called again."
        ),
        attemptsMax: field(
          Count(1, 100),
          afterAbandon.attemptsMax,
          "How many attempts may end this way before the contact is finished."
        )
      })
    ]).annotate({ title: "never, or a rule with delayMinutes and attemptsMax" }),
    `the lock-out of the profiles, at least ${afterAbandon.delayMinutes} minutes, and ${afterAbandon.attemptsMax} attempts`,
    "A person answered and no agent came in time."
  ),
  "hung-up-waiting": retry("hung-up-waiting", "A person answered and left before an agent came."),
  machine: retry("machine", "A machine answered."),
  busy: retry("busy", "Busy."),
  "no-answer": retry("no-answer", "Nobody answered."),
  rejected: retry("rejected", "Refused with the red button."),
  invalid: retry("invalid", "No such number."),
  congestion: retry("congestion", "The network refused the call."),
  cancelled: retry("cancelled", "The dialler took the ringing call back."),
  interrupted: retry("interrupted", "The dialler itself stopped.")
})

/** Limits of the law and of the house. */
export const Rules = Schema.Struct({
  ringSecondsMax: field(Seconds, campaignDefaults.rules.ringSecondsMax, "The dialler gives up ringing after this."),
  ringSecondsMin: derived(
    Seconds,
    `the shortest ringing of the profiles, or ${campaignDefaults.rules.ringSecondsMin}`,
    "It never takes back a call that has rung for less."
  ),
  waitSecondsMax: derived(
    Seconds,
    `the longest wait of the profiles, or ${campaignDefaults.rules.waitSecondsMax}`,
    "How long a person who answered may wait for an agent before the law calls it abandoned."
  ),
  dropSeconds: derived(Seconds, "waitSecondsMax", "When the dialler gives up on a waiting person."),
  abandonLimit: derived(
    Share,
    `the lowest ceiling of the profiles, or ${campaignDefaults.rules.abandonLimit}`,
    "Abandon ceiling of the law, of answers by people."
  ),
  abandonMessage: field(
    Schema.Boolean,
    campaignDefaults.rules.abandonMessage,
    "An abandoned person hears a message, not silence."
  ),
  lines: derived(Count(1, 100_000), "the lines of the trunk", "Calls this campaign may have up at once."),
  callsPerSecond: derived(PerSecond, "the call rate of the trunk", "Calls this campaign may start per second."),
  previewSecondsMax: field(
    Seconds,
    campaignDefaults.rules.previewSecondsMax,
    "Timed preview: the number is dialled without a click after this."
  ),
  readingSeconds: field(
    Seconds,
    campaignDefaults.rules.readingSeconds,
    "Fixed reading time before each progressive call."
  ),
  wrapSecondsMax: field(
    Schema.NullOr(Seconds),
    campaignDefaults.rules.wrapSecondsMax,
    "The system ends the wrap-up after this; null when the agent decides."
  ),
  attemptsMax: field(
    Count(1, 100),
    campaignDefaults.rules.attemptsMax,
    "Attempts per contact, whatever their outcomes."
  ),
  retry: field(Retry, {}, "When a contact is called again, by outcome of the attempt.")
})
