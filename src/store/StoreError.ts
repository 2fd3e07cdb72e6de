import { Schema } from "effect"

/** Why nothing can be written to a place. */
export const WriteProblem = Schema.Literals([
  "full",
  "denied",
  "read-only",
  "missing",
  "not-a-folder",
  "a-folder",
  "other"
])
export type WriteProblem = typeof WriteProblem.Type

const advice: Readonly<Record<WriteProblem, string>> = {
  full: "there is no space left. Free some space there, or choose another folder",
  denied: "this user may not write there. Change its permissions, or choose another folder",
  "read-only": "it is on a disk that can only be read. Choose another folder",
  missing: "it is not there and cannot be made. Make it, or choose another folder",
  "not-a-folder": "a part of that path is a file, not a folder. Choose another folder",
  "a-folder": "there is a folder of that name. Remove it, or choose another folder",
  other: "the system refused it. Choose another folder"
}

/** A file or folder that cannot be written. `detail` is what the system said. */
export class Unwritable extends Schema.TaggedError<Unwritable>()("Unwritable", {
  path: Schema.String,
  problem: WriteProblem,
  detail: Schema.String
}) {
  override get message() {
    return `cannot write ${this.path}: ${advice[this.problem]} (${this.detail}).`
  }
}

/** A file that cannot be read. */
export class Unreadable extends Schema.TaggedError<Unreadable>()("Unreadable", {
  path: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `cannot read ${this.path}: ${this.detail}.`
  }
}

/** A file that is no result of Outpace, or a damaged one. */
export class NotAResult extends Schema.TaggedError<NotAResult>()("NotAResult", {
  path: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.path} is not a result of Outpace, or it is damaged: ${this.detail}. Run the scenario again.`
  }
}

/** A file written by a later version. */
export class NewerSchema extends Schema.TaggedError<NewerSchema>()("NewerSchema", {
  path: Schema.String,
  found: Schema.Int,
  known: Schema.Int
}) {
  override get message() {
    return (
      `${this.path} was written by a newer Outpace (schema ${this.found}; this one knows up to ${this.known}). ` +
      "Update Outpace, or run the scenario again with this version."
    )
  }
}
