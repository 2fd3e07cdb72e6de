import { Schema } from "effect"
import { derived, field, Name, required, Text } from "../../yaml/fields.ts"
import { campaignFields, expectedFields } from "../campaign/Campaign.ts"
import { cardFields } from "../campaign/Card.ts"
import { campaignDefaults } from "../campaign/defaults.ts"
import { askedTimeNeedsRule } from "../campaign/Disposition.ts"
import { Flow, Prompt } from "../campaign/Flow.ts"
import { Zone } from "../campaign/Law.ts"
import { Country, FilePath, listFileFields, NumberColumns } from "../campaign/ListFile.ts"
import { ListFilter } from "../campaign/ListFilter.ts"
import { Order } from "../campaign/Order.ts"
import { floorDefaults } from "./defaults.ts"
import { inboundFields } from "./Inbound.ts"

const List = Schema.Struct({
  file: required(FilePath, "The contacts: a CSV file, see [contact lists](lists.md)."),
  country: required(Country, "Country of numbers written without one."),
  numbers: required(NumberColumns, "Columns that hold numbers, in the order they are dialled."),
  ...listFileFields,
  filter: ListFilter,
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

/** Weighed by `decodeForm` when the parts of the file are checked. */
const Form = Schema.Record(Schema.String, Schema.Unknown).annotate({
  title: "a call script, as in docs/cards-and-forms.md"
})

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
  ...cardFields,
  script: derived(Form, "none", "The agents' call script; rules ask for its answers by the ids of its steps."),
  record: field(Schema.Boolean, floorDefaults.campaign.record, "Whether its calls are recorded."),
  holdMusic: derived(Prompt, "silence", "What people hear who wait for an agent, again and again."),
  abandonMessage: derived(
    Prompt,
    "none; needed where people may be abandoned and rules.abandonMessage is true",
    "What an abandoned person hears: who called, and how to have no more calls."
  )
}).check(askedTimeNeedsRule)
