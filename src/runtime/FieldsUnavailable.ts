import { Schema } from "effect"

/**
 * Why fields of a card could not be fetched, in words an agent can read. It names the host, never the rest of the address
 * or what was in the answer: those hold a person's data.
 */
export class FieldsUnavailable extends Schema.TaggedError<FieldsUnavailable>()("FieldsUnavailable", {
  host: Schema.String,
  problem: Schema.Literals([
    "no-value",
    "busy",
    "timeout",
    "unreachable",
    "redirect",
    "status",
    "too-large",
    "not-an-object"
  ]),
  /** What a reader needs beside the problem: a field, milliseconds, a status, a host, bytes, the system's code. */
  detail: Schema.String
}) {
  override get message() {
    const { detail, host, problem } = this
    switch (problem) {
      case "no-value":
        return `this call has no ${detail} to ask ${host} for`
      case "busy":
        return `${detail} look-ups are under way already`
      case "timeout":
        return `${host} did not answer within ${detail} ms`
      case "unreachable":
        return `${host} cannot be reached${detail === "" ? "" : ` (${detail})`}`
      case "redirect":
        return `${host} sends us on to ${detail}, where the card does not point`
      case "status":
        return `${host} answered with status ${detail}`
      case "too-large":
        return `the answer of ${host} has more than ${detail} bytes`
      case "not-an-object":
        return `the answer of ${host} is no JSON object`
    }
  }
}
