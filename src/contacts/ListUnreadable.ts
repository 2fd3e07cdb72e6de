import { Schema } from "effect"

/** A file that cannot be a list, or stopped being one. Contacts given out before it are good. */
export class ListUnreadable extends Schema.TaggedError<ListUnreadable>()("ListUnreadable", {
  reason: Schema.Literals(["empty", "not-text", "columns", "broken"]),
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}
