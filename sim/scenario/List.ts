import { Schema } from "effect"
import { Zone } from "../../src/config/campaign/Law.ts"
import { Country, FilePath, listFileFields, NumberColumns } from "../../src/config/campaign/ListFile.ts"
import { ListFilter } from "../../src/config/campaign/ListFilter.ts"
import { Order } from "../../src/config/campaign/Order.ts"
import { defaults } from "./defaults.ts"
import { shareTolerance } from "./Distribution.ts"
import { Count, derived, Factor, field, Name, PerHour, required, Share, SharePositive } from "../../src/yaml/fields.ts"
import { ListParameters } from "./ListParameters.ts"

type Shares = ReadonlyArray<{ readonly share: number }>
const sumOf = (parts: Shares): number => Number(parts.reduce((total, { share }) => total + share, 0).toFixed(6))

/** Where a file says how many there are, parts have names alone. */
type SharesOrNames = ReadonlyArray<string | { readonly share?: number | undefined }>
const sharesOf = (parts: SharesOrNames): Shares =>
  parts.flatMap((part) => (typeof part === "object" && part.share !== undefined ? { share: part.share } : []))

const addToOne = (what: string) =>
  Schema.makeFilter((parts: SharesOrNames) => {
    const shares = sharesOf(parts)
    return shares.length < parts.length || Math.abs(sumOf(shares) - 1) <= shareTolerance
      ? undefined
      : `${what} whose shares add to 1 (these add to ${sumOf(shares)})`
  })
const atMostOne = (what: string) =>
  Schema.makeFilter((parts: Shares) =>
    sumOf(parts) <= 1 + shareTolerance
      ? undefined
      : `${what} whose shares add to at most 1 (these add to ${sumOf(parts)})`
  )

/** What the segment of a list without any is called. */
export const onlySegment = "all"

const Segment = Schema.Struct({
  name: required(Name, "What reports call it; with a file, what stands in its field segment."),
  share: derived(SharePositive, "that of the file; needed without one", "Its part of the list."),
  pickup: field(Factor, defaults.segment.pickup, "Multiplies the answer chance of its contacts."),
  on: field(Schema.Boolean, defaults.segment.on, "Whether its contacts are called when the day begins.")
})
type SegmentBlock = typeof Segment.Type

/** Segments of a list, those written as a name alone filled in. */
export const segmentsOf = (
  list: { readonly segments?: ReadonlyArray<string | SegmentBlock> | undefined } | undefined
): ReadonlyArray<SegmentBlock> | undefined =>
  list?.segments?.map((each) => (typeof each === "string" ? { name: each, ...defaults.segment } : each))

const ZoneShare = Schema.Struct({
  zone: required(Zone, "Where these contacts are."),
  share: required(SharePositive, "Their part of the contacts whose zone is known.")
})

const Priority = Schema.Struct({
  priority: required(Count(-1_000_000, 1_000_000), "The larger is called earlier."),
  share: required(SharePositive, "Its part of the list.")
})

const BestHour = Schema.Struct({
  hour: required(Count(0, 23), "Hour of the day, by the clock where the person is."),
  share: required(SharePositive, "Its part of the list; of the others no best hour is known."),
  pickup: field(Factor, defaults.bestHour.pickup, "Multiplies the answer chance of these contacts in that hour.")
})

/** First digits of the contacts' numbers. */
export const PrefixShare = Schema.Struct({
  prefix: required(
    Schema.String.check(Schema.isPattern(/^\+[1-9]\d{0,13}$/)).annotate({ title: "first digits such as +4420" }),
    "What the numbers begin with."
  ),
  share: required(SharePositive, "Their part of the list; of the others nothing is known.")
})

const Segments = Schema.Array(Schema.Union([Name, Segment]).annotate({ title: "a name, or a block" })).check(
  Schema.isMinLength(1),
  Schema.isMaxLength(100),
  addToOne("segments")
)
const Zones = Schema.Array(Schema.Union([Zone, ZoneShare]).annotate({ title: "a time zone, or a block" })).check(
  Schema.isMinLength(1),
  Schema.isMaxLength(100),
  addToOne("zones")
)

/** Who is called, and in what order. */
export const List = Schema.Struct({
  contacts: derived(
    Count(0, 10_000_000),
    "those of the file; needed without one",
    "Contacts at the start of the day, made up from the shares below."
  ),
  file: derived(
    FilePath,
    "none: contacts are made up",
    "Contacts of your own: a CSV file, see [contact lists](lists.md) and [A list of your own](#a-list-of-your-own)."
  ),
  country: derived(Country, "needed with a file", "Country of numbers written without one."),
  numbers: derived(NumberColumns, "needed with a file", "Columns that hold numbers, in the order they are dialled."),
  ...listFileFields,
  filter: ListFilter,
  endless: field(Schema.Boolean, defaults.list.endless, "More contacts arrive whenever the list runs low."),
  segments: derived(
    Segments,
    "one segment with all contacts",
    "Parts of the list that answer differently; the dialler knows which contact is in which."
  ),
  prefixes: derived(
    Schema.Array(PrefixShare).check(Schema.isMinLength(1), Schema.isMaxLength(100), atMostOne("prefixes")),
    "none known",
    "What the contacts' numbers begin with, for caller IDs that serve prefixes."
  ),
  requestsPerHour: field(PerHour, defaults.list.requestsPerHour, "Callback mode: requests that arrive during the day."),
  zones: derived(
    Zones,
    "all contacts in the zone of the campaign; with a file, those of the country and of the law",
    "Time zones of the contacts: calling hours, days and hours of answering are those of each contact's own zone. With a file, names alone: zones contacts may be in beside those."
  ),
  unknownZoneShare: field(
    Share,
    defaults.list.unknownZoneShare,
    "Contacts whose zone nobody knows; under a law they are not called."
  ),
  doNotCallShare: field(
    Share,
    defaults.list.doNotCallShare,
    "Contacts found on a do-not-call list at import: closed before the first call, and counted."
  ),
  repeatedNumberShare: field(
    Share,
    defaults.list.repeatedNumberShare,
    "Contacts with the number of an earlier contact: under a law they share its attempts and its time zone."
  ),
  order: field(Order, defaults.list.order, "The order in which contacts are called who were never called."),
  orderSeed: derived(Name, "the seed of the scenario", "Names the order `random`."),
  priorities: derived(
    Schema.Array(Priority).check(Schema.isMinLength(1), Schema.isMaxLength(100), addToOne("priorities")),
    "all contacts alike; with a file, its field priority",
    "Priorities of the contacts, for the order `priority`."
  ),
  parameters: derived(
    ListParameters,
    "none; with a file, its columns",
    "Columns that rules, filters and call flows ask for, with what stands in them."
  ),
  bestHours: derived(
    Schema.Array(BestHour).check(Schema.isMinLength(1), Schema.isMaxLength(24), atMostOne("best hours")),
    "none known",
    "When contacts are best called, for the order `best-hour`."
  )
})
