import type { Redial } from "../compliance/Rules.ts"
import type { Again, Rule } from "./Rule.ts"

type RedialRules = typeof Redial.Type

/**
 * The rules of a campaign that has none of its own. People who were abandoned, and machines by the word of detection, wait as
 * long as the lock-outs of the compliance profile have it (`redial` of the composed rules); without one an abandoned person
 * waits 72 hours, which is the lock-out of most profiles. Compliance itself holds calls back as well, whatever rules say.
 */
export const defaultRules = (redial: RedialRules = {}): ReadonlyArray<Rule> => [
  {
    name: "callback asked for",
    why: "Whoever names a time is called at that time.",
    then: { again: { at: "asked" } }
  },
  {
    name: "invalid never",
    why: "The number does not exist; calling it again harms the caller's standing with carriers.",
    when: { outcome: ["invalid"] },
    then: { finish: "invalid number" }
  },
  {
    name: "busy again soon",
    why: "Somebody is there, and will be free in minutes. The span keeps contacts that were busy together apart.",
    when: { outcome: ["busy"], attemptsWith: [{ outcome: ["busy"], max: 2 }] },
    then: { again: { afterMinutes: { from: 5, to: 10 } } }
  },
  {
    name: "no answer after hours",
    why: "Nobody is in; another part of the day may find them. A call that was taken back is one nobody answered.",
    when: {
      outcome: ["no-answer", "cancelled"],
      attemptsWith: [{ outcome: ["no-answer", "cancelled"], max: 2 }]
    },
    then: { again: { afterMinutes: { from: 120, to: 240 } } }
  },
  {
    name: "abandoned by profile",
    why: "Somebody answered and got nobody: not again before the lock-out of the profile is over, and once only.",
    when: {
      outcome: ["abandoned", "hung-up-waiting"],
      attemptsWith: [{ outcome: ["abandoned", "hung-up-waiting"], max: 1 }]
    },
    then: { again: afterAbandon(redial) }
  },
  {
    name: "machine later",
    why: "Not at home, or taken for a machine by mistake, which the lock-out of the profile is for.",
    when: { outcome: ["machine"], attemptsWith: [{ outcome: ["machine"], max: 1 }] },
    then: { again: afterMachine(redial) }
  },
  {
    name: "congestion again soon",
    why: "The network refused the call; the contact never heard of it.",
    when: { outcome: ["congestion"], attemptsWith: [{ outcome: ["congestion"], max: 2 }] },
    then: { again: { afterMinutes: { from: 5, to: 10 } } }
  },
  {
    name: "interrupted again",
    why: "The dialler stopped in the middle; an hour lets whoever was talking come to rest.",
    when: { outcome: ["interrupted"], attemptsWith: [{ outcome: ["interrupted"], max: 2 }] },
    then: { again: { afterMinutes: 60 } }
  }
]

/** The local day that begins after so many full days; its hours are for compliance to know. */
const startOfDay = (days: number): Again => ({ at: { days, time: "00:00" } })

/** Of several lock-outs the one that may last longest. */
const longest = <A>(all: ReadonlyArray<A>, hoursOf: (lockOut: A) => number): A | undefined =>
  all.reduce<A | undefined>(
    (best, each) => (best === undefined || hoursOf(each) > hoursOf(best) ? each : best),
    undefined
  )

const afterAbandon = ({ afterAbandon: all = [] }: RedialRules): Again => {
  const lockOut = longest(all, ({ n, unit }) => (unit === "hours" ? n : (n + 1) * 24))
  if (lockOut === undefined) return { afterMinutes: 72 * 60 }
  return lockOut.unit === "hours" ? { afterMinutes: lockOut.n * 60 } : startOfDay(lockOut.n + 1)
}

const afterMachine = ({ afterAmd: all = [] }: RedialRules): Again => {
  const lockOut = longest(all, ({ kind, n }) => (kind === "hours" ? n : n * 24))
  if (lockOut === undefined) return { afterMinutes: { from: 120, to: 240 } }
  return lockOut.kind === "hours" ? { afterMinutes: lockOut.n * 60 } : startOfDay(lockOut.n)
}
