import { Result } from "effect"
import type { CampaignSettings } from "./Campaign.ts"
import type { Contact } from "./Contact.ts"
import type { ContactStateName } from "./Filter.ts"
import type { OutcomeName } from "./Outcome.ts"
import { type FieldProblem, foundText } from "./rules/fieldProblems.ts"

/**
 * How a contact was finished; the position is the code the core uses. `called-in`: known from its own call alone, it waits
 * for none of ours.
 */
export const closedNames = [
  "not",
  "by-rule",
  "removed",
  "do-not-call",
  "forbidden",
  "invalid",
  "moved",
  "called-in"
] as const
export type ClosedName = (typeof closedNames)[number]

/** What a campaign has done with a contact so far. Instants are milliseconds of the clock all campaigns share. */
export interface ContactPast {
  readonly state: ContactStateName
  readonly attempts: number
  /** Attempts by how they ended, for rules that count them. */
  readonly attemptsBy: Readonly<Partial<Record<OutcomeName, number>>>
  readonly lastOutcome: OutcomeName | null
  readonly lastAttemptAt: number | null
  /** Whether an agent has talked to the person. */
  readonly reached: boolean
  /** When it is called again, in the state `retry`. */
  readonly dueAt: number | null
  /** A promised call: by this agent (null for anyone) until `until`, by anyone afterwards. */
  readonly promise: { readonly agent: number | null; readonly until: number } | null
  /** `not` unless the state is `closed`, or it was withdrawn while in work. */
  readonly closedAs: ClosedName
  /** Which of its numbers is dialled next, from 0. */
  readonly number: number
}

/** A call of the past, for the caps and lock-outs of the law. */
export interface PastCall {
  readonly placedAt: number
  readonly endedAt: number
  readonly outcome: OutcomeName
  readonly late: boolean
}

export interface CampaignContact {
  readonly contact: Contact
  /** Position in the campaign's `known.segments`. */
  readonly segment: number
  readonly loadedAt: number
  readonly past: ContactPast
  /** Its calls as far back as the law looks, oldest first. */
  readonly calls: ReadonlyArray<PastCall>
}

/** All it takes to begin, or to go on with, a campaign. */
export interface CampaignInput {
  readonly settings: CampaignSettings
  readonly contacts: ReadonlyArray<CampaignContact>
}

export interface CampaignCopy extends CampaignInput {
  /** For each contact of the copy its position in the campaign it is a copy of. */
  readonly from: ReadonlyArray<number>
}

export interface CopyOptions {
  readonly name: string
  /** Whether contacts begin anew, or go on as they stand. */
  readonly history: "fresh" | "kept"
  /** When the copy is made. */
  readonly at: number
  /** Names of the campaigns there are. */
  readonly taken: ReadonlyArray<string>
}

export const neverCalled: ContactPast = {
  state: "fresh",
  attempts: 0,
  attemptsBy: {},
  lastOutcome: null,
  lastAttemptAt: null,
  reached: false,
  dueAt: null,
  promise: null,
  closedAs: "not",
  number: 0
}

/** How long the copy leaves a contact alone that the campaign is calling at that moment. */
const inWorkMillis = 3_600_000

/**
 * A campaign like another one, with its settings and contacts under a new name. With a fresh history contacts that were
 * removed or moved away, or are known from their own call alone, are left out, those on the do-not-call list and without a
 * number that exists stay finished, and all others have never been called. What the law remembers of a person stays in any
 * case: a copy lifts no cap and no lock-out.
 */
export const copyCampaign = (
  { contacts, settings }: CampaignInput,
  { at, history, name, taken }: CopyOptions
): Result.Result<CampaignCopy, FieldProblem> => {
  const problem = (allowed: string) => Result.fail({ path: "name", found: foundText(name), allowed })
  if (name.trim() === "") return problem("a name")
  if (name === settings.name || taken.includes(name)) return problem("a name no campaign has")
  const copied = contacts.flatMap((each, from) => {
    const past = history === "kept" ? kept(each.past, at) : fresh(each.past, at)
    if (past === null) return []
    return [{ from, contact: { ...each, past, loadedAt: history === "kept" ? each.loadedAt : at } }]
  })
  return Result.succeed({
    settings: { ...settings, name },
    contacts: copied.map(({ contact }) => contact),
    from: copied.map(({ from }) => from)
  })
}

/**
 * The call under way is the other campaign's, and nobody knows yet how it ends. A contact that was withdrawn meanwhile is
 * finished.
 */
const kept = (past: ContactPast, at: number): ContactPast => {
  if (past.state !== "in-work") return past
  if (past.closedAs !== "not") return { ...past, state: "closed", dueAt: null, promise: null }
  return { ...past, state: "retry", dueAt: at + inWorkMillis, promise: null }
}

const fresh = ({ closedAs, state }: ContactPast, at: number): ContactPast | null => {
  if (closedAs === "removed" || closedAs === "moved" || closedAs === "called-in") return null
  if (closedAs === "do-not-call" || closedAs === "invalid") return { ...neverCalled, state: "closed", closedAs }
  return state === "in-work" ? { ...neverCalled, state: "retry", dueAt: at + inWorkMillis } : neverCalled
}
