import { assert, describe, it } from "@effect/vitest"
import { ReliableRinging } from "../../../src/sip/sipjs/ReliableRinging.ts"

describe("ringing that a caller requires to be told reliably", () => {
  const ringing = () => {
    const sent: Array<string> = []
    let now = 0
    const one = new ReliableRinging(77, now, (headers) => sent.push(`${now} ${headers.join(", ")}`))
    const run = (until: number) => {
      for (; now <= until; now += 50) if (!one.sweep(now)) return now
      return undefined
    }
    return { one, run, sent }
  }
  it("is repeated after 0.5, 1, 2 … s, and given up after 32 s (RFC 3262 §3)", () => {
    const { run, sent } = ringing()
    assert.strictEqual(run(60_000), 32_000)
    const times = [0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]
    assert.deepStrictEqual(
      sent,
      times.map((at) => `${at} Require: 100rel, RSeq: 77`)
    )
  })
  it("is repeated no more once PRACK has come, and one for something else is not taken for it", () => {
    const { one, run, sent } = ringing()
    run(600)
    for (const rack of ["", "78 1 INVITE", "77 2 INVITE", "77 1 BYE", "constructor"]) {
      assert.isFalse(one.acknowledgedBy(rack, 1), rack)
    }
    assert.isTrue(one.acknowledgedBy("77 \t1 INVITE", 1))
    assert.isUndefined(run(60_000))
    assert.strictEqual(sent.length, 2)
    // A PRACK that is sent again is answered again.
    assert.isTrue(one.acknowledgedBy("77 1 INVITE", 1))
  })
})
