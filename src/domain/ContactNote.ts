import { Schema } from "effect"

const orNull = Schema.NullOr(Schema.Int)
const note = <const K extends string, F extends Schema.Struct.Fields>(kind: K, fields: F) =>
  Schema.Struct({
    kind: Schema.Literal(kind),
    /** `attempt`: the number of the attempt it came of; null where it came of none. */
    detail: Schema.Struct({ ...fields, attempt: orNull })
  })

/** Something that happened to a contact beside its calls and what held them back. Instants are those of its record. */
export const ContactNote = Schema.Union([
  note("added", { segment: Schema.String }),
  note("segment", { from: Schema.String, to: Schema.String }),
  /** A rule held after an attempt; `result` where it finished the contact with one. */
  note("rule", { rule: Schema.String, result: Schema.NullOr(Schema.String) }),
  note("disposition", { code: Schema.String, label: Schema.String, agent: orNull }),
  /** A call was promised for `dueAt`, by this agent, or by anyone. */
  note("promise", { dueAt: Schema.Finite, agent: orNull }),
  note("do-not-call", {}),
  note("removed", {}),
  note("moved", { to: Schema.String }),
  /** A parameter of the contact or of the attempt was set; empty text takes it away. */
  note("parameter", { of: Schema.Literals(["contact", "attempt"]), name: Schema.String, value: Schema.String }),
  /** An agent passed the contact over instead of dialling. */
  note("refused", { agent: orNull })
])
export type ContactNote = typeof ContactNote.Type
