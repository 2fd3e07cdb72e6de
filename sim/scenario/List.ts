import { Schema } from "effect"
import { Order } from "../../src/config/campaign/Order.ts"
import { Zone } from "../../src/config/campaign/Law.ts"
import { defaults } from "./defaults.ts"
import { shareTolerance } from "./Distribution.ts"
import { Count, derived, Factor, field, Name, PerHour, required, Share, SharePositive } from "../../src/yaml/fields.ts"
import { ListParameters } from "./ListParameters.ts"

type Shares = ReadonlyArray<{ readonly share: number }>
const sumOf = (parts: Shares): number => Number(parts.reduce((total, { share }) => total + share, 0).toFixed(6))

const addToOne = (what: string) =>
  Schema.makeFilter((parts: Shares) =>
    Math.abs(sumOf(parts) - 1) <= shareTolerance
      ? undefined
      : `${what} whose shares add to 1 (these add to ${sumOf(parts)})`
  )
const atMostOne = (what: string) =>
  Schema.makeFilter((parts: Shares) =>
    sumOf(parts) <= 1 + shareTolerance
      ? undefined
      : `${what} whose shares add to at most 1 (these add to ${sumOf(parts)})`
  )

/** What the segment of a list without any is called. */
export const onlySegment = "all"

const Segment = Schema.Struct({
  name: required(Name, "What reports call it."),
  share: required(SharePositive, "Its part of the list."),
  pickup: field(Factor, defaults.segment.pickup, "Multiplies the answer chance of its contacts."),
  on: field(Schema.Boolean, defaults.segment.on, "Whether its contacts are called when the day begins.")
})

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

/** Who is called, and in what order. */
export const List = Schema.Struct({
  contacts: required(Count(0, 10_000_000), "Contacts at the start of the day."),
  endless: field(Schema.Boolean, defaults.list.endless, "More contacts arrive whenever the list runs low."),
  segments: derived(
    Schema.Array(Segment).check(Schema.isMinLength(1), Schema.isMaxLength(100), addToOne("segments")),
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
    Schema.Array(ZoneShare).check(Schema.isMinLength(1), Schema.isMaxLength(100), addToOne("zones")),
    "all contacts in the zone of the campaign",
    "Time zones of the contacts: calling hours, days and hours of answering are those of each contact's own zone."
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
    "all contacts alike",
    "Priorities of the contacts, for the order `priority`."
  ),
  parameters: derived(ListParameters, "none", "Columns that rules and call flows ask for, with what stands in them."),
  bestHours: derived(
    Schema.Array(BestHour).check(Schema.isMinLength(1), Schema.isMaxLength(24), atMostOne("best hours")),
    "none known",
    "When contacts are best called, for the order `best-hour`."
  )
})
