import { assert, describe, it } from "@effect/vitest"
import { KeyEvents, keySteps, writeKeyEvent } from "../../../src/media/rtp/keyEvents.ts"
import { numbers } from "../soundSources.ts"

interface Sent {
  readonly key: string
  readonly isEnd: boolean
  readonly samples: number
  readonly timestamp: number
}
const receive = (packets: ReadonlyArray<Sent>): string => {
  const events = new KeyEvents()
  const bytes = new Uint8Array(4)
  return packets
    .map(({ isEnd, key, samples, timestamp }) => {
      writeKeyEvent(bytes, 0, key, isEnd, samples)
      return events.receive(bytes, 0, 4, timestamp) ?? ""
    })
    .join("")
}
/** The packets of keys, each with the timestamp its key began at. */
const packetsOf = (pressed: string, packetMillis = 20): Array<Sent> => {
  let timestamp = 0xffff_0000
  const packets: Array<Sent> = []
  let now = 0
  for (const step of keySteps(pressed, packetMillis)) {
    if (step?.isFirst === true) timestamp = (0xffff_0000 + now * 8) >>> 0
    if (step !== null) packets.push({ ...step, timestamp })
    now += packetMillis
  }
  return packets
}

describe("keys as events: RFC 4733", () => {
  it("writes the payload of §2.3", () => {
    const bytes = new Uint8Array(4)
    writeKeyEvent(bytes, 0, "#", true, 0x0320)
    assert.deepStrictEqual([...bytes], [11, 0x8a, 0x03, 0x20])
  })
  it("sends a key with growing duration, its end three times, and a pause", () => {
    const steps = [...keySteps("5", 20)]
    const durations = steps.map((step) => (step === null ? "pause" : `${step.samples}${step.isEnd ? " end" : ""}`))
    assert.deepStrictEqual(durations, [
      ...["160", "320", "480", "640", "800"],
      ...["960 end", "960 end", "960 end", "pause", "pause"]
    ])
    assert.deepStrictEqual(
      steps.map((step) => step?.isFirst),
      [true, false, false, false, false, false, false, false, undefined, undefined]
    )
  })
  it("sends all packet times with at least 40 ms of key and of pause", () => {
    for (const packetMillis of [10, 20, 30, 60]) {
      const steps = [...keySteps("12", packetMillis)]
      const ends = steps.filter((step) => step?.isEnd === true)
      assert.strictEqual(ends.length, 6)
      assert.isAtLeast(ends[0]?.samples ?? 0, 320)
    }
  })
  it("counts each key once, the same key pressed twice twice", () => {
    assert.strictEqual(receive(packetsOf("1223*#D0", 20)), "1223*#D0")
    assert.strictEqual(receive(packetsOf("99", 50)), "99")
  })
  it("counts each key once though packets are lost, doubled and late", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const next = numbers(seed)
      const came: Array<Sent> = []
      for (const packet of packetsOf("147")) {
        if (next() < 0.2) continue
        came.push(packet)
        if (next() < 0.1) came.push(packet)
        if (next() < 0.1 && came.length > 1) came.push(...came.splice(-2, 1))
      }
      const heard = receive(came)
      // Eight packets tell of each key; all of them must be lost to lose it.
      assert.strictEqual(heard, "147", `seed ${seed}`)
    }
  })
  it("hears a key of which only the last packet came, and not what came later of an earlier key", () => {
    const [first, second] = [packetsOf("1"), packetsOf("12").filter(({ key }) => key === "2")]
    assert.strictEqual(receive([first.at(-1) as Sent]), "1")
    assert.strictEqual(receive([...first.slice(0, 3), second[0], first[7], second[1], first[6]]), "12")
  })
  it("takes a key held for longer than 8 s as one", () => {
    const held = [0, 0xffff, 2 * 0xffff].flatMap((timestamp) => [
      { key: "7", isEnd: false, samples: 160, timestamp },
      { key: "7", isEnd: false, samples: 0xffff, timestamp }
    ])
    assert.strictEqual(receive([...held, { key: "7", isEnd: true, samples: 800, timestamp: 3 * 0xffff }]), "7")
  })
  it("ignores other events and short payloads", () => {
    const events = new KeyEvents()
    assert.isNull(events.receive(Uint8Array.of(16, 0x0a, 0, 160), 0, 4, 1))
    assert.isNull(events.receive(Uint8Array.of(1, 0x0a, 0), 0, 3, 2))
    assert.strictEqual(events.receive(Uint8Array.of(1, 0x0a, 0, 160), 0, 4, 2), "1")
  })
})
