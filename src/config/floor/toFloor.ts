import { Redacted, Result } from "effect"
import { createHash } from "node:crypto"
import { type Card, decodeCard } from "../../domain/card/Card.ts"
import { capacityOf } from "../../sip/trunks/capacityOf.ts"
import { decodeTrunks } from "../../sip/trunks/decodeTrunks.ts"
import type { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import { millisOfSeconds } from "../../yaml/fields.ts"
import { cardData } from "../campaign/Card.ts"
import { knownOf, toRuling } from "../campaign/conduct.ts"
import { groupsOf } from "../campaign/groupsOf.ts"
import { pathFrom, toListFile } from "../campaign/ListFile.ts"
import { toFilter } from "../campaign/ListFilter.ts"
import { toOrders } from "../campaign/Order.ts"
import { promptOf } from "../campaign/toFlow.ts"
import { type SettingsContext, toSettings } from "../campaign/toSettings.ts"
import { formOf, wordsOf } from "./conduct.ts"
import { floorDefaults } from "./defaults.ts"
import type { FloorCampaign, FloorConfig, FloorGroup, FloorList } from "./FloorConfig.ts"
import type { FloorFile } from "./FloorFile.ts"
import { toInbound } from "./Inbound.ts"
import { zonesOfCountry } from "../campaign/zonesOfCountry.ts"

type CampaignBlock = FloorFile["campaigns"][number]

/** What a floor's file does not say. */
export interface FloorContext {
  /** The folder the file lies in; paths are from there. */
  readonly folder: string
  /** Milliseconds since 1970 UTC at instant 0 of the core's clock. */
  readonly epochMillis: number
  /** When files were last written, milliseconds since 1970 UTC, by path; of others nothing is known. */
  readonly writtenAt: ReadonlyMap<string, number>
}

/** The floor a checked file describes: units converted, everything that follows from other fields filled in. */
export const toFloor = (file: FloorFile, context: FloorContext): FloorConfig => {
  const trunks = Result.getOrThrow(decodeTrunks(file.trunks))
  const at = (path: string): string => pathFrom(context.folder, path)
  const { contact, peers, requestsPerSecond, realm, digests, sessionTimers, ...bind } = file.sip
  const { ports, address = bind.address } = file.media
  const [portMin, portMax] = ports
  const host = { host: bind.address, port: bind.port }
  return {
    name: file.name,
    zone: file.zone,
    store: at(file.store),
    recordings: { ...file.recordings, folder: at(file.recordings.folder) },
    prompts: { ...file.prompts, folder: at(file.prompts.folder) },
    sip: {
      bind: host,
      contact: contact === undefined ? host : { host: contact.address, port: contact.port },
      peers,
      requestsPerSecond,
      sessionTimers,
      realm,
      digests
    },
    media: { address, portMin, portMax },
    trunks,
    groups: file.groups.map(toGroup),
    campaigns: file.campaigns.map((campaign) => toCampaign(campaign, file, trunks, context, at))
  }
}

const toGroup = ({ agents, alwaysOn, name }: FloorFile["groups"][number]): FloorGroup => ({
  name,
  alwaysOn,
  agents: agents.map((agent) => ({
    name: agent.name,
    user: agent.user,
    phone:
      agent.address === undefined
        ? { kind: "registers", password: Redacted.make(agent.password ?? "") }
        : { kind: "fixed", uri: agent.address }
  }))
})

const toCampaign = (
  campaign: CampaignBlock,
  file: FloorFile,
  trunks: ReadonlyArray<TrunkSettings>,
  context: FloorContext,
  at: (path: string) => string
): FloorCampaign => {
  const groups = file.groups.map(({ name }) => name)
  const known = knownOf(campaign, wordsOf(campaign), file.campaigns)
  const ruling = toRuling(campaign, known, groupsOf(campaign, groups))
  const cardOutbound = toCard(campaign.card, campaign.name, "outbound")
  const list = toList(campaign, at)
  return {
    settings: toSettings(campaign, ruling, settingsContext(campaign, file, trunks, context, list.doNotCall)),
    list,
    numbersDialled: campaign.numbersDialled,
    ...toInbound(campaign),
    cardOutbound,
    cardInbound: toCard(campaign.cardInbound ?? campaign.card, campaign.name, "inbound"),
    script: formOf(campaign.script),
    record: campaign.record,
    holdMusic: campaign.holdMusic === undefined ? null : promptOf(campaign.holdMusic),
    abandonMessage: campaign.abandonMessage === undefined ? null : promptOf(campaign.abandonMessage)
  }
}

const settingsContext = (
  { list, name }: CampaignBlock,
  file: FloorFile,
  trunks: ReadonlyArray<TrunkSettings>,
  { epochMillis, writtenAt }: FloorContext,
  doNotCall: FloorList["doNotCall"]
): SettingsContext => {
  const { pickupRate, ringSeconds, talkSeconds, wrapSeconds } = floorDefaults.expected
  return {
    groups: file.groups.map((group) => group.name),
    ...capacityOf(trunks),
    expected: {
      pickupRate,
      ringMillis: millisOfSeconds(ringSeconds),
      talkMillis: millisOfSeconds(talkSeconds),
      wrapMillis: millisOfSeconds(wrapSeconds)
    },
    callerIdSeed: createHash("sha256")
      .update(JSON.stringify([file.name, name]))
      .digest()
      .readInt32BE(0),
    law: {
      zone: file.zone,
      contactZones: [...zonesOfCountry(list.country), ...list.zones],
      year: new Date(epochMillis).getUTCFullYear(),
      epochMillis,
      listsLoadedAt: listsLoadedAt(doNotCall, writtenAt, epochMillis)
    }
  }
}

/** How old the copies of do-not-call lists are: of several of one source the oldest. */
const listsLoadedAt = (
  doNotCall: FloorList["doNotCall"],
  writtenAt: ReadonlyMap<string, number>,
  epochMillis: number
): Readonly<Record<string, number>> => {
  const loadedAt: Record<string, number> = {}
  for (const { file, source } of doNotCall) {
    const written = writtenAt.get(file)
    if (written !== undefined) loadedAt[source] = Math.min(loadedAt[source] ?? Infinity, written - epochMillis)
  }
  return loadedAt
}

/** What is shown where a campaign has no card of its own. */
const plainCard = {
  source: { kind: "internal" },
  fields: [
    { field: "firstName", label: "First name" },
    { field: "lastName", label: "Last name" },
    { field: "company", label: "Company" },
    { field: "number", label: "Number", format: "phone" }
  ]
}

const toCard = (
  card: Readonly<Record<string, unknown>> = plainCard,
  campaign: string,
  direction: "inbound" | "outbound"
): Card => Result.getOrThrow(decodeCard(cardData(card, campaign, direction)))

const toList = ({ list, name }: CampaignBlock, at: (path: string) => string): FloorList => ({
  ...toListFile(list, at),
  filter: toFilter(list.filter),
  order: toOrders(list.order, list.orderSeed ?? name)
})
