import { Schema } from "effect"
import { modes, type ModeName } from "../../domain/Mode.ts"
import type { PacingKind, PacingSettings } from "../../domain/Pacing.ts"
import { campaignDefaults } from "./defaults.ts"
import {
  Clock,
  Count,
  derived,
  field,
  minutesOfClock,
  PerSecond,
  Percent,
  Ratio,
  required,
  Share,
  SharePositive
} from "../../yaml/fields.ts"

const kind = <K extends PacingKind>(name: K, description: string) => required(Schema.Literal(name), description)
const { fixedRatio, lookAhead, unicom, vicidial } = campaignDefaults.pacing

const kinds = [
  Schema.Struct({ kind: kind("one-per-agent", "One call for every agent who waits for one.") }),
  Schema.Struct({
    kind: kind("fixed-ratio", "Power dialling: so many lines for every agent who waits for a call."),
    linesPerAgent: field(Ratio(1, 20), fixedRatio.linesPerAgent, "Lines per waiting agent.")
  }),
  Schema.Struct({
    kind: kind("pickup-rate", "Dials as many numbers as the expected pick-up rate calls for."),
    rate: derived(
      SharePositive,
      "the expected pick-up rate of the campaign",
      "Expected share of calls a person answers: 0.5 dials two numbers for every available agent."
    )
  }),
  Schema.Struct({
    kind: kind("lines", "Automatic mode: as many calls as the limits allow."),
    lines: derived(Count(1, 100_000), "the lines of the campaign", "Calls at once."),
    callsPerSecond: derived(PerSecond, "the call rate of the campaign", "Calls started per second.")
  }),
  Schema.Struct({
    kind: kind("look-ahead", "One more call as long as the chance that it causes an abandonment stays under a price."),
    abandonTarget: field(
      Share,
      lookAhead.abandonTarget,
      "Long-run share of answering people who may be abandoned. Stay under the limit."
    ),
    release: field(
      Schema.Boolean,
      lookAhead.release,
      "Whether a call that has rung its minimum may be taken back when it became too risky."
    ),
    priceStart: field(Share, lookAhead.priceStart, "Price at the start of the shift; low begins without a burst."),
    gain: field(Ratio(0.001, 1), lookAhead.gain, "Step of the price per answer."),
    guard: field(
      Schema.Boolean,
      lookAhead.guard,
      "Whether to dial one line per agent when one more abandonment would break the limit of the day."
    )
  }),
  Schema.Struct({
    kind: kind("vicidial", "The dial methods of VICIdial, for comparison."),
    method: field(Schema.Literals(["ratio", "hard-limit", "average", "tapered"]), vicidial.method, "Dial method."),
    level: field(Ratio(0, 20), vicidial.level, "Dial level at the start: lines per agent, the bridged one included."),
    levelMax: field(Ratio(1, 20), vicidial.levelMax, "Highest dial level the adaptive methods may reach."),
    dropLimit: field(Share, vicidial.dropLimit, "Drop share the adaptive methods steer by."),
    availableOnly: field(Schema.Boolean, vicidial.availableOnly, "Counts only agents who are free."),
    intensityPercent: field(Percent(-40, 40), vicidial.intensityPercent, "Raises or lowers the computed level."),
    differenceTarget: field(
      Ratio(-100, 100),
      vicidial.differenceTarget,
      "Agents to have waiting; negative for callers."
    ),
    taperEnd: field(Clock, vicidial.taperEnd, "When the tapered method ends, local time.")
  }),
  Schema.Struct({
    kind: kind("unicom", "UNICOM Intelligence Predict2, for comparison."),
    adjustPercent: field(
      Percent(0, 1_000),
      unicom.adjustPercent,
      "Over-dialling: 100 is one line per expected answer."
    ),
    silentTarget: field(
      Schema.NullOr(Share),
      unicom.silentTarget,
      "Share of silent calls its controller steers to; null keeps `adjustPercent` fixed."
    )
  })
] as const

const shortKinds: ReadonlyArray<PacingKind> = kinds.map((each) => each.fields.kind.literal)

/** How many calls are placed; the bare name of a kind takes all its defaults. */
export const Pacing = Schema.Union([Schema.Literals(shortKinds), ...kinds]).annotate({
  identifier: "Pacing",
  title: "a kind of pacing, alone or as `kind` with its settings"
})
export type Pacing = typeof Pacing.Type
type PacingBlock = Exclude<Pacing, string>

const decodeBlock = Schema.decodeUnknownSync(Schema.Union(kinds))
const blockOf = (pacing: Pacing): PacingBlock => (typeof pacing === "string" ? decodeBlock({ kind: pacing }) : pacing)

export const kindOf = (pacing: Pacing): PacingKind => (typeof pacing === "string" ? pacing : pacing.kind)

/** The pacing a mode has when the file names none: the first its row allows. */
export const pacingOfMode = (mode: ModeName): Pacing => modes[mode].pacing[0]

/** What the settings of a pacing follow from where the file leaves them out. */
export interface PacingContext {
  readonly pickupRate: number
  readonly linesMax: number
  readonly callsPerSecondMax: number
}

export const toPacing = (pacing: Pacing, context: PacingContext): PacingSettings => {
  const block = blockOf(pacing)
  switch (block.kind) {
    case "pickup-rate":
      return { kind: block.kind, rate: block.rate ?? context.pickupRate }
    case "lines":
      return {
        kind: block.kind,
        linesMax: block.lines ?? context.linesMax,
        callsPerSecondMax: block.callsPerSecond ?? context.callsPerSecondMax
      }
    case "vicidial": {
      const { intensityPercent, taperEnd, ...rest } = block
      const minutes = minutesOfClock(taperEnd)
      return { ...rest, intensity: intensityPercent, taperEnd: Math.floor(minutes / 60) * 100 + (minutes % 60) }
    }
    case "unicom":
      return { kind: block.kind, adjust: block.adjustPercent, silentTarget: block.silentTarget }
    default:
      return block
  }
}
