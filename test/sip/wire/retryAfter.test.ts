import { assert, describe, it } from "@effect/vitest"
import { causeOf } from "../../../src/sip/causeOf.ts"
import { parseText, type SipMessage } from "../../../src/sip/wire/message.ts"
import { retryAfterSeconds } from "../../../src/sip/wire/retryAfter.ts"

const response = (...headers: ReadonlyArray<string>): SipMessage => {
  const message = parseText(["SIP/2.0 486 Busy", ...headers, "", ""].join("\r\n"))
  if (message.kind === "malformed") throw new Error(message.problem)
  return message
}

describe("Retry-After", () => {
  it.each([
    ["18000", 18_000],
    ["0", 0],
    ["120 (I'm in a meeting)", 120],
    ["3600;duration=60", 3_600],
    ["18000 ; duration=3600", 18_000],
    ["", undefined],
    ["soon", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["99999999999", undefined]
  ])("%j is %s seconds", (value, seconds) => {
    assert.strictEqual(retryAfterSeconds(response(`Retry-After: ${value}`)), seconds)
  })
  it("goes with the cause of a failed call, where it was given", () => {
    assert.deepStrictEqual(causeOf(response("retry-after: 7", "Reason: Q.850;cause=17")), {
      status: 486,
      reason: "Busy",
      q850: 17,
      retryAfterSeconds: 7
    })
    assert.deepStrictEqual(causeOf(response()), { status: 486, reason: "Busy", q850: undefined })
  })
})
