import type { ZoneTable } from "../../domain/compliance/zoneTable.ts"
import type { Contact } from "../../domain/Contact.ts"
import type { OutcomeName } from "../../domain/Outcome.ts"

/** One attempt of a history. Instants are milliseconds since 1970. */
export interface PastAttempt {
  readonly endedAt: number
  readonly outcome: OutcomeName
  /** Code of the disposition the agent chose. */
  readonly disposition?: string
  /** When the contact asked to be called. */
  readonly askedAt?: number
  /** Answers given in the script, as text, by question. */
  readonly answers?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** A contact, real or made up, and its attempts, the earliest first. */
export interface History {
  /** Its position in its list, by which delays are spread. */
  readonly position: number
  readonly contact: Contact
  readonly zone: ZoneTable
  readonly loadedAt: number
  /** Null in a campaign without segments. */
  readonly segment: string | null
  readonly attempts: ReadonlyArray<PastAttempt>
}
