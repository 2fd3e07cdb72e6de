import type { AttemptRow, HoldRow, InboundRow, NoteRow, SpanRow } from "../../src/store/schema.ts"
import { Recorder } from "../../src/store/Recorder.ts"
import { runShift, wholeShift } from "../runShift.ts"
import type { Scenario } from "../Scenario.ts"
import { horizonOf } from "./horizon.ts"
import type { Setting } from "./Result.ts"
import { campaignIndexOf } from "./RunOptions.ts"
import { withSetting } from "./withSetting.ts"

/** One shift call by call. */
export interface RecordedShift {
  readonly attempts: Array<AttemptRow>
  readonly spans: Array<SpanRow>
  readonly arrivals: Array<InboundRow>
  readonly holds: Array<HoldRow>
  readonly notes: Array<NoteRow>
}

/**
 * Every attempt and agent span of the floor, what held contacts back and what else happened to them, in the same shift an
 * experiment counted under this replication. `null` records the scenario as it is; a setting applies to the campaign of that name, or to the first.
 * Pass the scenario of the result, in which `tune` has left out planned changes.
 */
export const recordShift = (
  scenario: Scenario,
  setting: Setting | null,
  replication: number,
  campaign: string | null = null
): RecordedShift => {
  const recorder = new Recorder(scenario)
  const rehearsed = withSetting(scenario, campaignIndexOf(scenario, campaign), setting)
  runShift(rehearsed, { ...wholeShift, untilMillis: horizonOf(rehearsed), replication, recorder })
  const { arrivals, attempts, holds, notes, spans } = recorder
  return { attempts, spans, arrivals, holds, notes }
}
