import type { ZoneTable } from "../domain/compliance/zoneTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import type { Port } from "./Port.ts"
import type { Facts } from "./rules/Facts.ts"

/**
 * What rules may ask of the attempt that just ended: one object, filled anew for each. Methods, since V8 counts a function
 * that is assigned to a field among what lives long, and with it all it refers to: every shift, until the whole heap is swept.
 */
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
  readonly #campaign: CampaignState
  readonly #port: Port
  readonly #clock: ZoneTable

  constructor(campaign: CampaignState, startMinutes: number, port: Port) {
    this.#campaign = campaign
    this.#port = port
    this.#clock = clockOf(startMinutes)
    this.epochMillis = campaign.settings.law?.epochMillis ?? 0
  }

  zone(): ZoneTable {
    return this.#campaign.compliance?.calling.zoneOf(this.contact) ?? this.#clock
  }

  fits(filter: number): boolean {
    return this.#port.fits(this.#campaign.index, this.contact, filter)
  }

  answers(question: string): ReadonlyArray<string> {
    return this.#port.answersTo(this.call, question)
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
