import { type Contact, type ContactField, contactFields } from "../Contact.ts"
import { parameterPrefix } from "../Filter.ts"

/** What a card and a script are filled with on one call. */
export interface CallData {
  /** Null for a caller nobody knows. */
  readonly contact: Contact | null
  /** The other party's number on this call, usually E.164; null when it is withheld. */
  readonly number: string | null
  /** The agent's name as it is said on the phone. */
  readonly agent: string
}

/** What became of the fields that a mixed card fetches from the company's own system. */
export type Fetched =
  | { readonly kind: "waiting" }
  | { readonly kind: "ready"; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: "unavailable"; readonly reason: string }

/** For cards that fetch nothing. */
export const nothingFetched: Fetched = { kind: "ready", fields: {} }

/** The value of one field at this moment. `missing`: there is none, or an empty one. */
export type FieldValue =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "waiting" }
  | { readonly kind: "unavailable"; readonly reason: string }

export const fetchedPrefix = "fetched."

/**
 * Whether a name is one of a field: a field of the contact, `parameter.` and the name of a column, `fetched.` and the name
 * of a fetched field, `number` (of the call), `agent`. Any column may be named, also where no contact has it.
 */
export const isFieldName = (name: string): boolean =>
  name === "number" ||
  name === "agent" ||
  contactFields.some((field) => field === name) ||
  [parameterPrefix, fetchedPrefix].some((prefix) => name.startsWith(prefix) && name.length > prefix.length)

export const fieldNameAllowed = `a field: ${contactFields.join(", ")}, number, agent, ${parameterPrefix}… or ${fetchedPrefix}…`

export const fieldValue = (name: string, data: CallData, fetched: Fetched): FieldValue => {
  if (!name.startsWith(fetchedPrefix)) return valueOr(ownText(name, data))
  return fetched.kind === "ready" ? valueOr(own(fetched.fields, name.slice(fetchedPrefix.length))) : fetched
}

const ownText = (name: string, { agent, contact, number }: CallData): string | undefined => {
  if (name === "number") return number ?? undefined
  if (name === "agent") return agent
  if (contact === null) return undefined
  if (name.startsWith(parameterPrefix)) return own(contact.parameters, name.slice(parameterPrefix.length))
  return contact.fields[name as ContactField]
}

/** A column named like a member of every object must not find that member. */
const own = (fields: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

const valueOr = (text: string | undefined): FieldValue =>
  text === undefined || text.trim() === "" ? { kind: "missing" } : { kind: "value", text }
