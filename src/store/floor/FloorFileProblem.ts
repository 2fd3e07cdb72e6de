import { Schema } from "effect"

const advice = {
  "in-use": "another floor is running with it. Stop that one first, or give this one a file of its own",
  newer: "it was written by a newer Outpace. Update Outpace",
  broken: "it is damaged, or no store of Outpace. Put a backup in its place, or give the floor another file",
  unwritable: "it cannot be opened for writing. Check that its folder is there and may be written to"
} as const

/** Why a floor's store cannot be used. `detail` says what was found. */
export class FloorFileProblem extends Schema.TaggedError<FloorFileProblem>()("FloorFileProblem", {
  path: Schema.String,
  problem: Schema.Literals(["in-use", "newer", "broken", "unwritable"]),
  detail: Schema.String
}) {
  override get message() {
    return `cannot use the store ${this.path}: ${advice[this.problem]} (${this.detail}).`
  }
}
