import { Schema } from "effect"
import { Campaign } from "./Campaign.ts"
import { defaults } from "./defaults.ts"
import { field, Name, required, Text } from "../../src/yaml/fields.ts"
import { Day, Group, Trunk } from "./Floor.ts"

/** Most groups, and most campaigns, of one file. */
export const blocksMax = 1_000

/** A rehearsal as a manager writes it in YAML. The unit of a number is the end of its key; shares are parts of 1. */
export const ScenarioFile = Schema.Struct({
  name: required(Name, "Title of reports."),
  description: field(Text, defaults.description, "What is rehearsed, and why."),
  seed: field(
    Schema.Union([Schema.Int, Name]).annotate({ title: "a whole number or a name" }),
    defaults.seed,
    "Names one set of chances; the same seed gives the same day again."
  ),
  day: field(Day, {}, "The day."),
  trunk: field(Trunk, {}, "The lines to the network."),
  groups: field(
    Schema.Array(Group).check(Schema.isMaxLength(blocksMax)),
    [],
    "The agents. An automatic campaign without transfers needs none."
  ),
  campaigns: required(
    Schema.Array(Campaign).check(Schema.isMinLength(1), Schema.isMaxLength(blocksMax)),
    "The campaigns."
  )
})
export type ScenarioFile = typeof ScenarioFile.Type
