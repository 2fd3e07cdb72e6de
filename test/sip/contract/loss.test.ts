import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { LegEvent } from "../../../src/sip/Leg.ts"
import { Sip } from "../../../src/sip/Sip.ts"
import { callTo, clean, edge, follow } from "./edge.ts"
import { description, receive, receiveInvite, respond, respondWithin } from "./scenario.ts"
import { sipp } from "./sipp.ts"

const callCount = 20
/**
 * SIPp follows its list, not a state machine: some of what loss brings at another moment can stand there as optional, and
 * for the rest it answers a BYE out of turn and counts the call as failed. Either way the call is down.
 */
const steps = [
  receiveInvite(),
  '<label id="1"/>',
  respond("180 Ringing"),
  respond("200 OK", { body: description, retrans: true }),
  receive("INVITE", "", 'optional="true" next="1"'),
  receive("ACK", "", 'optional="true"'),
  receive("BYE"),
  respondWithin("200 OK"),
  '<timewait milliseconds="9000"/>'
]

describe("packet loss against SIPp", () => {
  it.live.each([10, 30])("of %i percent: calls are answered, and none stays up at the far end", (percent) =>
    Effect.gen(function* () {
      const far = yield* sipp("loss", steps, { callCount, timeoutSeconds: 100 })
      const sip = yield* Sip
      const one = Effect.scoped(
        Effect.gen(function* () {
          const leg = yield* sip.place(callTo(far.address))
          const on = (event: LegEvent) => (event._tag === "Answered" ? Effect.forkChild(leg.hangUp) : Effect.void)
          return yield* follow(leg, on)
        })
      )
      const results = yield* Effect.all(
        Array.from({ length: callCount }, () => one),
        { concurrency: "unbounded" }
      )
      // It ends when its last call has ended: 0 or 1. A call left up would be ended by its time limit, with 255.
      const { code, errors } = yield* far.done
      assert.include([0, 1], code, errors)
      assert.isAtLeast(results.filter((lines) => lines.includes("Answered sendrecv")).length, 0.9 * callCount)
      for (const lines of results) assert.match(lines.at(-1) ?? "", /^Ended by us|^Failed/)
      yield* clean
    }).pipe(Effect.scoped, Effect.provide(edge(percent)), Effect.timeout("110 seconds"))
  )
})
