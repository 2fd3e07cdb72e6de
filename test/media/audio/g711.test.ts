import { assert, describe, it } from "@effect/vitest"
import {
  changeLaw,
  decode,
  decodeSample,
  encode,
  encodeSample,
  type Law,
  silenceOf
} from "../../../src/media/audio/g711.ts"

const laws: ReadonlyArray<Law> = ["mulaw", "alaw"]
const codes = Uint8Array.from({ length: 256 }, (_, code) => code)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "hex"))
const changed = (from: Law, given: Uint8Array) => {
  const copy = Uint8Array.from(given)
  changeLaw(from, copy)
  return copy
}
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)
const twice = (from: number, to: number) => range(from, to).flatMap((value) => [value, value])

/** One period of 1 kHz at 0 dBm0: ITU-T G.711 tables 5 and 6. */
const reference: Readonly<Record<Law, string>> = { alaw: "34212134b4a1a1b4", mulaw: "1e0b0b1e9e8b8b9e" }

/** Values of positive codes at the ends of segments, in 16 bits: ITU-T G.711 tables 1a and 2a. */
const values: Readonly<Record<Law, ReadonlyArray<readonly [code: number, value: number]>>> = {
  alaw: [
    [0xaa, 4_032 * 8],
    [0xa5, 2_112 * 8],
    [0xba, 2_016 * 8],
    [0xc5, 33 * 8],
    [0xca, 63 * 8],
    [0xda, 31 * 8],
    [0xd5, 1 * 8]
  ],
  mulaw: [
    [0x80, 8_031 * 4],
    [0x8f, 4_191 * 4],
    [0x90, 3_999 * 4],
    [0xef, 33 * 4],
    [0xf0, 30 * 4],
    [0xfe, 2 * 4],
    [0xff, 0]
  ]
}

describe("G.711", () => {
  it.each(laws)("%s: the values of the standard's tables, both signs", (law) => {
    for (const [code, value] of values[law]) {
      assert.strictEqual(decodeSample(law, code), value, `code ${code}`)
      assert.strictEqual(decodeSample(law, code & 0x7f) + value, 0, `code ${code & 0x7f}`)
    }
  })
  it.each(laws)("%s: every code but negative zero survives decoding and encoding", (law) => {
    const expected = [...codes].map((code) => (law === "mulaw" && code === 0x7f ? 0xff : code))
    assert.deepStrictEqual([...encode(law, decode(law, codes))], expected)
  })
  it.each(laws)("%s: every sample becomes the code of an interval that holds it", (law) => {
    const sorted = [...new Set(decode(law, codes))].sort((a, b) => a - b)
    const top = sorted[sorted.length - 1]
    for (let sample = -32_768; sample < 32_768; sample += 1) {
      const value = decodeSample(law, encodeSample(law, sample))
      const index = sorted.indexOf(value)
      // No farther than the width of the wider of the neighbouring intervals' halves.
      const wide = Math.max(value - (sorted[index - 1] ?? -top - 2_048), (sorted[index + 1] ?? top + 2_048) - value)
      assert.isAtMost(Math.abs(value - sample), wide / 2 + 8, `sample ${sample}`)
    }
  })
  it.each(laws)("%s: encoding is monotonic and odd", (law) => {
    let last = -Infinity
    for (let sample = -32_768; sample < 32_768; sample += 1) {
      const value = decodeSample(law, encodeSample(law, sample))
      assert.isAtLeast(value, last)
      last = value
      // Negative samples are cut off in one's complement.
      assert.strictEqual(value, -decodeSample(law, encodeSample(law, ~sample)) + 0)
    }
  })
  it.each(laws)("%s: the reference period is a sine of 0 dBm0", (law) => {
    const overloadAbove = law === "alaw" ? 3.14 : 3.17
    const overload = law === "alaw" ? 4096 * 8 : 8159 * 4
    const samples = [...decode(law, bytes(reference[law]))]
    const peak = Math.sqrt(2 * (samples.reduce((sum, x) => sum + x * x, 0) / samples.length))
    assert.closeTo(20 * Math.log10(peak / overload), -overloadAbove, 0.01)
  })
  it.each(laws)("%s: silence is the smallest positive value", (law) => {
    assert.strictEqual(silenceOf(law), law === "alaw" ? 0xd5 : 0xff)
  })
})

describe("from law to law", () => {
  it("turns one reference period into the other", () => {
    assert.strictEqual(hex(changed("mulaw", bytes(reference.mulaw))), reference.alaw)
    assert.strictEqual(hex(changed("alaw", bytes(reference.alaw))), reference.mulaw)
  })
  it("follows ITU-T G.711 tables 3 and 4 for both signs", () => {
    // Both tables number µ-law values from 0 and, in table 3, A-law values from 1.
    const ranges = [twice(1, 8), range(9, 24), [25, 27, 29, 31], range(33, 44), [46], range(48, 62), range(64, 79)]
    const toAlaw = [...ranges.flat(), ...range(81, 128)]
    const toMulaw = [range(1, 15, 2), range(16, 31), twice(32, 35), range(36, 47), [48, 48, 49, 49], range(50, 63)]
      .flat()
      .concat([64, 64], range(65, 79), [79], range(80, 127))
    assert.deepStrictEqual([toAlaw.length, toMulaw.length], [128, 128])
    for (const sign of [0, 0x80]) {
      const mulaw = Uint8Array.from(range(0, 127), (value) => sign | (0x7f - value))
      const alaw = Uint8Array.from(range(0, 127), (value) => sign | (value ^ 0x55))
      assert.deepStrictEqual(
        [...changed("mulaw", mulaw)].map((code) => ((code & 0x7f) ^ 0x55) + 1),
        toAlaw
      )
      assert.deepStrictEqual(
        [...changed("alaw", alaw)].map((code) => 0x7f - (code & 0x7f)),
        toMulaw
      )
      assert.isTrue([...changed("mulaw", mulaw), ...changed("alaw", alaw)].every((code) => (code & 0x80) === sign))
    }
  })
  it("goes there and back with no more than one step lost", () => {
    const there = changed("mulaw", codes)
    const back = changed("alaw", there)
    for (const code of codes) assert.isAtMost(Math.abs(back[code] - code), 1, `µ-law ${code}`)
  })
})
