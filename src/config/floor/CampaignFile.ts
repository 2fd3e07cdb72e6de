import { Schema } from "effect"
import { delimiters } from "../../contacts/delimiter.ts"
import { encodings } from "../../contacts/encoding.ts"
import { isCountryCode } from "../../contacts/phoneNumber.ts"
import { contactFields } from "../../domain/Contact.ts"
import { derived, field, Name, required, Text } from "../../yaml/fields.ts"
import { campaignFields, expectedFields } from "../campaign/Campaign.ts"
import { campaignDefaults } from "../campaign/defaults.ts"
import { askedTimeNeedsRule } from "../campaign/Disposition.ts"
import { Flow, Prompt } from "../campaign/Flow.ts"
import { Zone } from "../campaign/Law.ts"
import { Order } from "../campaign/Order.ts"
import { floorDefaults } from "./defaults.ts"
import { inboundFields } from "./Inbound.ts"

/** A path as the file writes it: from the folder the file lies in, unless it begins with `/`. */
export const FilePath = Schema.String.check(
  Schema.isPattern(/^[^\p{Cc}]{1,500}$/u, { "x-form": "a path, from the folder of this file unless it begins with /" })
)

const Country = Schema.String.check(
  Schema.isPattern(/^[A-Z]{2}$/, { "x-form": "a country by its two letters (ISO 3166), such as GB" }),
  Schema.makeFilter((text) => isCountryCode(text) || !/^[A-Z]{2}$/.test(text) || "a country with telephone numbers")
)
const Column = Schema.String.check(
  Schema.isPattern(/^[^\p{Cc}]{1,200}$/u, { "x-form": "the name of a column, as the header has it" })
)
const delimiter = Schema.Literals(delimiters.map((each) => (each === "\t" ? ("tab" as const) : each)))

const DoNotCall = Schema.Struct({
  file: required(
    FilePath,
    "A file of numbers, or with a column of them. Its age, which laws limit, is that of the file."
  ),
  name: required(Name, "What managers call it, such as TPS."),
  source: field(Name, floorDefaults.doNotCall.source, "As compliance profiles name it, such as US national or own."),
  column: derived(Column, "none: a file of nothing but numbers, without header", "Column that holds the number."),
  wholeContact: field(
    Schema.Boolean,
    floorDefaults.doNotCall.wholeContact,
    "Whether it names persons: then a contact is left out with all its numbers."
  )
})

const columnsOfFields = Schema.Struct(
  Object.fromEntries(
    contactFields.map((name) => [name, derived(Column, "no column", `Column that holds the field ${name}.`)])
  ) as Record<(typeof contactFields)[number], ReturnType<typeof derived<typeof Column>>>
)

const List = Schema.Struct({
  file: required(FilePath, "The contacts: a CSV file, see [contact lists](lists.md)."),
  country: required(Country, "Country of numbers written without one."),
  numbers: required(
    Schema.Array(Column).check(Schema.isMinLength(1), Schema.isMaxLength(10)),
    "Columns that hold numbers, in the order they are dialled."
  ),
  fields: field(columnsOfFields, {}, "Columns that hold one of the usual fields; all others become parameters."),
  ignored: field(Schema.Array(Column).check(Schema.isMaxLength(200)), [], "Columns that are left out."),
  header: derived(
    Schema.Array(Column).check(Schema.isMinLength(1), Schema.isMaxLength(200)),
    "the first line of the file",
    "Names of the columns of a file without a header line."
  ),
  delimiter: derived(delimiter, "found out from the file", "What stands between two columns."),
  encoding: derived(Schema.Literals(encodings), "found out from the file", "How characters are written."),
  doNotCall: field(
    Schema.Array(DoNotCall).check(Schema.isMaxLength(20)),
    [],
    "Do-not-call lists: contacts on them are left out."
  ),
  segments: field(
    Schema.Array(Name).check(Schema.isMaxLength(100)),
    [],
    "Values of the field segment that rules name and managers switch."
  ),
  zones: field(
    Schema.Array(Zone).check(Schema.isMaxLength(100)),
    [],
    "Time zones contacts may be in beside those of the country and of the law."
  ),
  order: field(Order, campaignDefaults.order, "The order in which contacts are called who were never called."),
  orderSeed: derived(Name, "the name of the campaign", "Names the order `random`.")
})

const Expected = Schema.Struct(
  expectedFields({
    pickupRate: `${floorDefaults.expected.pickupRate}: more than any list gives, so that the first calls are not too many`,
    ringSeconds: `${floorDefaults.expected.ringSeconds} s`,
    talkSeconds: `${floorDefaults.expected.talkSeconds} s`,
    wrapSeconds: `${floorDefaults.expected.wrapSeconds} s`
  })
)

const Detection = Schema.Struct({
  enabled: field(
    Schema.Boolean,
    campaignDefaults.detection.enabled,
    "Whether the dialler listens for machines before it connects."
  )
})

/** Weighed by `decodeCard` and `decodeForm` when the parts of the file are checked. */
const Data = (title: string) => Schema.Record(Schema.String, Schema.Unknown).annotate({ title })
const card = "a card without campaign and direction, as in docs/cards-and-forms.md"

/** One campaign of the live floor: the settings a rehearsal has, and what only real calls need. */
export const CampaignFile = Schema.Struct({
  ...campaignFields,
  flow: derived(Flow, "none; needed in mode automatic", "Automatic mode: what the calls play and ask."),
  detection: field(Detection, {}, "Answering-machine detection."),
  expected: field(Expected, {}, "The manager's estimates, used until calls have been made."),
  list: required(List, "Who is called."),
  numbersDialled: field(
    Schema.Array(Text.check(Schema.isMinLength(1), Schema.isMaxLength(40))).check(Schema.isMaxLength(100)),
    [],
    "Numbers people call the campaign on, as the trunk gives them."
  ),
  ...inboundFields,
  card: derived(Data(card), "the names and the number of the contact", "What agents see of a contact."),
  cardInbound: derived(Data(card), "the same card", "What they see on calls that come in."),
  script: derived(
    Data("a call script, as in docs/cards-and-forms.md"),
    "none",
    "The agents' call script; rules ask for its answers by the ids of its steps."
  ),
  record: field(Schema.Boolean, floorDefaults.campaign.record, "Whether its calls are recorded."),
  holdMusic: derived(Prompt, "silence", "What people hear who wait for an agent, again and again."),
  abandonMessage: derived(
    Prompt,
    "none; needed where people may be abandoned and rules.abandonMessage is true",
    "What an abandoned person hears: who called, and how to have no more calls."
  )
}).check(askedTimeNeedsRule)
