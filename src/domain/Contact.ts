import { Schema } from "effect"

export const E164 = Schema.String.check(Schema.isPattern(/^\+[1-9]\d{6,14}$/)).pipe(Schema.brand("E164"))
export type E164 = typeof E164.Type

/** A number of a contact; the first in the list is dialled first. */
export const ContactNumber = Schema.Struct({ number: E164, column: Schema.String })
export type ContactNumber = typeof ContactNumber.Type

/** Fields every contact can have; everything else a list brings is a parameter of the campaign's own. */
export const contactFields = [
  "externalId",
  "title",
  "firstName",
  "lastName",
  "company",
  "email",
  "street",
  "postcode",
  "city",
  "region",
  "country",
  "language",
  /** IANA name of the contact's own time zone. */
  "zone",
  "segment",
  /** Whole number; larger is called earlier where the list is ordered by it. */
  "priority",
  "note"
] as const
export type ContactField = (typeof contactFields)[number]

/** One person (or household, or desk) to call. */
export interface Contact {
  readonly numbers: ReadonlyArray<ContactNumber>
  readonly fields: Readonly<Partial<Record<ContactField, string>>>
  readonly parameters: Readonly<Record<string, string>>
}
