import type { ZoneTable } from "../domain/compliance/zoneTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { Port } from "./Port.ts"
import type { Facts } from "./rules/Facts.ts"

/** What rules may ask of the attempt that just ended: one object, filled anew for each. */
export class AttemptFacts implements Facts {
  contact = 0
  outcome = 0
  disposition = -1
  attempts = 0
  counts = new Uint8Array(0)
  countsAt = 0
  segment = 0
  now = 0
  epochMillis = 0
  askedAt = -1
  /** The attempt's call slot. */
  call = 0
  readonly zone: () => ZoneTable
  readonly fits: (filter: number) => boolean
  readonly answers: (question: string) => ReadonlyArray<string>

  constructor(campaign: CampaignState, startMinutes: number, port: Port) {
    const { compliance } = campaign
    const clock = clockOf(startMinutes)
    this.epochMillis = campaign.settings.law?.epochMillis ?? 0
    this.zone = () => compliance?.calling.zoneOf(this.contact) ?? clock
    this.fits = (filter) => port.fits(campaign.index, this.contact, filter)
    this.answers = (question) => port.answersTo(this.call, question)
  }
}

/** A clock that shows these minutes after midnight at instant 0 and is never changed, for campaigns without a law. */
const clockOf = (startMinutes: number): ZoneTable => ({
  id: "campaign",
  tzdata: "none",
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  starts: Float64Array.of(Number.NEGATIVE_INFINITY),
  offsets: Int32Array.of(startMinutes * 60_000)
})
