import type { CallingOrder } from "../../contacts/orders.ts"
import type { DiallerSettings } from "../../dialler/DiallerSettings.ts"
import type { Filter } from "../../domain/Filter.ts"
import type { Form } from "../../domain/form/Form.ts"
import type { ModeName } from "../../domain/Mode.ts"
import type { PacingSettings } from "../../domain/Pacing.ts"
import type { FloorNames } from "../../store/Recorder.ts"

/** All a core and its contacts follow from, beside the events: the same settings and events give the same state. */
export interface WindowSettings {
  readonly dialler: DiallerSettings
  readonly names: FloorNames
  /** Users of the agents, by their number in the core. */
  readonly agents: ReadonlyArray<string>
  /** By campaign. */
  readonly books: ReadonlyArray<BookSettings>
}

/** What is done with a campaign's contacts outside the core. */
export interface BookSettings {
  /** Empty for as loaded. */
  readonly order: ReadonlyArray<CallingOrder>
  /** Who is called; null for everybody. */
  readonly filter: Filter | null
  readonly script: Form | null
  /** IANA zone of the campaign's own days. */
  readonly zone: string
}

/** How a window begins, by campaign. */
export interface Opening {
  readonly campaigns: ReadonlyArray<CampaignOpening>
}

export interface CampaignOpening {
  readonly name: string
  /** Contacts it has from the beginning; later ones come by events. */
  readonly contacts: number
  /** Whether it ran before: a window begins with all campaigns paused. */
  readonly running: boolean
  /** Names of the segments that are off. */
  readonly segmentsOff: ReadonlyArray<string>
  /** Where they differ from the settings. */
  readonly changed: { readonly mode: ModeName; readonly pacing: PacingSettings } | null
  /**
   * What the pacing had learnt, which it expects now: `LearnedFigures` of the version that opened the window; null where it
   * begins anew.
   */
  readonly learned?: unknown
}
