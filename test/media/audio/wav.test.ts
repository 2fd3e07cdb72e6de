import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { readWav, type Sound, toMono } from "../../../src/media/audio/readWav.ts"
import { wavOf } from "../../../src/media/audio/wavHeader.ts"
import { type ByteSink, WavWriter } from "../../../src/media/audio/WavWriter.ts"
import { numbers } from "../soundSources.ts"

interface Wanted {
  readonly code?: number
  readonly channels?: number
  readonly rate?: number
  readonly bits?: number
  readonly dataBytes?: number
  readonly extensible?: boolean
  readonly before?: Uint8Array
  readonly frame?: number
}
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
const u16 = (value: number) => [value & 0xff, (value >> 8) & 0xff]
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)]

/** A WAV file, put together apart from our own writer. */
const wav = (data: ReadonlyArray<number>, wanted: Wanted = {}): Uint8Array => {
  const { bits = 16, channels = 1, code = 1, rate = 8_000 } = wanted
  const frame = wanted.frame ?? (channels * bits) / 8
  const real = wanted.extensible === true ? 0xfffe : code
  const format = [...u16(real), ...u16(channels), ...u32(rate), ...u32(rate * frame), ...u16(frame), ...u16(bits)]
  if (wanted.extensible === true)
    format.push(...u16(22), ...u16(bits), ...u32(0), ...u16(code), ...new Array<number>(14).fill(0))
  const dataBytes = wanted.dataBytes ?? data.length
  const chunks = [...ascii("fmt "), ...u32(format.length), ...format, ...(wanted.before ?? [])]
  chunks.push(...ascii("data"), ...u32(dataBytes), ...data)
  return Uint8Array.from([...ascii("RIFF"), ...u32(chunks.length + 4), ...ascii("WAVE"), ...chunks])
}
const sound = (file: Uint8Array): Sound => Result.getOrThrow(readWav(file))
const problem = (file: Uint8Array): string => {
  const read = readWav(file)
  return Result.isFailure(read) ? read.failure.message : "read"
}

describe("reading WAV files", () => {
  it("takes integers of 8, 16, 24 and 32 bits", () => {
    const of = (data: ReadonlyArray<number>, bits: number) => [...sound(wav(data, { bits })).channels[0]]
    assert.deepStrictEqual(of([0, 128, 192, 255], 8), [-1, 0, 0.5, 127 / 128])
    assert.deepStrictEqual(of([0, 0x80, 0, 0, 0, 0x40, 0xff, 0xff], 16), [-1, 0, 0.5, -1 / 32_768])
    assert.deepStrictEqual(of([0, 0, 0x80, 0, 0, 0x40, 0xff, 0xff, 0xff], 24), [-1, 0.5, -1 / 8_388_608])
    assert.deepStrictEqual(of([0, 0, 0, 0x80, 0, 0, 0, 0x40], 32), [-1, 0.5])
  })
  it("takes floating point of 32 and 64 bits", () => {
    const floats = [...new Uint8Array(Float32Array.of(0.25, -1).buffer)]
    const doubles = [...new Uint8Array(Float64Array.of(0.25, -1).buffer)]
    assert.deepStrictEqual([...sound(wav(floats, { code: 3, bits: 32 })).channels[0]], [0.25, -1])
    assert.deepStrictEqual([...sound(wav(doubles, { code: 3, bits: 64 })).channels[0]], [0.25, -1])
  })
  it("takes A-law and µ-law", () => {
    assert.deepStrictEqual(
      [...sound(wav([0xaa, 0xd5], { code: 6, bits: 8 })).channels[0]],
      [32_256 / 32_768, 8 / 32_768]
    )
    assert.deepStrictEqual([...sound(wav([0x00, 0xff], { code: 7, bits: 8 })).channels[0]], [-32_124 / 32_768, 0])
  })
  it("takes two channels, apart and as their mean", () => {
    const stereo = sound(wav([0, 0x40, 0, 0, 0, 0x20, 0, 0xe0], { channels: 2, rate: 44_100 }))
    assert.deepStrictEqual(
      stereo.channels.map((samples) => [...samples]),
      [
        [0.5, 0.25],
        [0, -0.25]
      ]
    )
    assert.deepStrictEqual([[...toMono(stereo)], stereo.sampleRate], [[0.25, 0], 44_100])
  })
  it("takes the extensible format, other chunks before the sound, odd ones too, and what follows it", () => {
    const before = Uint8Array.from([...ascii("LIST"), ...u32(3), 1, 2, 3, 0, ...ascii("fact"), ...u32(4), 0, 0, 0, 0])
    const file = wav([0, 0x40, 9, 9, 9, 9], { extensible: true, before, dataBytes: 2 })
    assert.deepStrictEqual([...sound(file).channels[0]], [0.5])
  })
  it("takes a file whose writer never filled in the length", () => {
    for (const dataBytes of [0, 0xffff_ffff]) {
      assert.deepStrictEqual([...sound(wav([0, 0x40, 0, 0x20, 7], { dataBytes })).channels[0]], [0.5, 0.25])
    }
  })
  it("says what is wrong, and where", () => {
    assert.strictEqual(problem(new Uint8Array(0)), "This is not a WAV file: it must begin with RIFF and WAVE (byte 0)")
    assert.strictEqual(
      problem(Uint8Array.from(ascii("ID3 mp3 here"))),
      "This is not a WAV file: it must begin with RIFF and WAVE (byte 0)"
    )
    assert.strictEqual(
      problem(wav([1, 2], { code: 85 })),
      "The audio is in WAV format 85; convert it to PCM, floating point, A-law or µ-law (byte 20)"
    )
    assert.strictEqual(problem(wav([1, 2], { channels: 6 })), "The file has 6 channels; 1 or 2 can be read (byte 22)")
    assert.strictEqual(
      problem(wav([1, 2], { rate: 100 })),
      "The file has 100 samples a second; 4000 to 192000 can be read (byte 24)"
    )
    assert.strictEqual(
      problem(wav([1, 2], { bits: 12 })),
      "The samples have 12 bits; 8, 16, 24, 32 can be read (byte 34)"
    )
    assert.strictEqual(
      problem(wav([1, 2], { frame: 3 })),
      "The header contradicts itself: 3 bytes for all channels of 16 bits (byte 32)"
    )
    assert.strictEqual(problem(wav([])), "The file holds no audio (byte 44)")
    assert.strictEqual(
      problem(wav([1, 2], { dataBytes: 900 })),
      "The file is cut short: it announces 900 bytes of audio and holds 2 (byte 36)"
    )
    assert.strictEqual(
      problem(wav([1, 2]).subarray(0, 36)),
      "The file ends before any audio: it has no data chunk (byte 36)"
    )
    assert.strictEqual(problem(wav([1, 2]).subarray(0, 30)), "The chunk that says the format is cut short (byte 20)")
    const early = Uint8Array.from([...ascii("data"), ...u32(2), 0, 0])
    assert.strictEqual(
      problem(Uint8Array.from([...wav([]).subarray(0, 12), ...early])),
      "The audio comes before the chunk that says what format it has (byte 12)"
    )
    const nothing = [...new Uint8Array(Float32Array.of(NaN).buffer)]
    assert.strictEqual(
      problem(wav(nothing, { code: 3, bits: 32 })),
      "Channel 1 holds samples that are not numbers (byte 44)"
    )
  })
  it.prop(
    "never throws, whatever is changed in a good file",
    {
      at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 59 })),
      to: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })),
      cut: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60 }))
    },
    ({ at, cut, to }) => {
      const file = wav([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
      file[at] = to
      const read = readWav(file.subarray(0, cut))
      assert.isTrue(Result.isFailure(read) || read.success.channels[0].length <= 16)
    },
    { arbitrary: { runs: 2_000, seed: 1 } }
  )
  it("reads back what we write in one channel", () => {
    const samples = Int16Array.of(1, -2, 32_767, -32_768)
    assert.deepStrictEqual(
      [...sound(wavOf(8_000, samples)).channels[0]].map((x) => x * 32_768),
      [...samples]
    )
  })
})

/** A file in memory that can refuse a write. */
const memory = (refuseAt = Infinity) => {
  let bytes = new Uint8Array(0)
  let writes = 0
  let closed = 0
  const sink: ByteSink = {
    write: async (piece, at) => {
      writes += 1
      await Promise.resolve()
      if (writes === refuseAt) throw new Error("the disk is full")
      const grown = new Uint8Array(Math.max(bytes.length, at + piece.length))
      grown.set(bytes)
      grown.set(piece, at)
      bytes = grown
    },
    close: () => Promise.resolve(void (closed += 1))
  }
  return { sink, bytes: () => bytes, closed: () => closed }
}
const stereo = (file: Uint8Array) => sound(file).channels.map((samples) => [...samples].map((x) => x * 32_768))

describe("writing WAV files", () => {
  it("keeps left and right, in whatever pieces they come", async () => {
    const next = numbers(1)
    const samples = Int16Array.from({ length: 2_000 }, () => next() * 65_536 - 32_768)
    const file = memory()
    const writer = new WavWriter(file.sink)
    for (let at = 0; at < samples.length; at += 74) writer.write(samples.slice(at, at + 74))
    await writer.end()
    const expected = [0, 1].map((side) => [...samples].filter((_, i) => i % 2 === side))
    assert.deepStrictEqual([stereo(file.bytes()), file.closed(), writer.frames], [expected, 1, 1_000])
  })
  it("can be read at any moment, as after a crash", async () => {
    const file = memory()
    const writer = new WavWriter(file.sink)
    let last = 0
    for (let piece = 1; piece <= 10; piece += 1) {
      writer.write(Int16Array.of(piece, -piece))
      await new Promise<void>((resolve) => queueMicrotask(resolve))
      if (file.bytes().length <= 44) continue
      const count = sound(file.bytes()).channels[0].length
      assert.isAtLeast(count, last)
      last = count
    }
    await writer.end()
    assert.deepStrictEqual(stereo(file.bytes())[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
  it("stops at the first failure, says so, and still closes the file", async () => {
    const file = memory(4)
    const writer = new WavWriter(file.sink)
    for (let piece = 0; piece < 5; piece += 1) writer.write(Int16Array.of(1, 2))
    const why = await writer.end().then(
      () => "",
      (error: Error) => error.message
    )
    assert.deepStrictEqual([why, writer.failure?.message, file.closed()], ["the disk is full", "the disk is full", 1])
    assert.deepStrictEqual(stereo(file.bytes()), [[1], [2]])
  })
  it("gives up when the disk falls minutes behind", async () => {
    const stuck: ByteSink = { write: () => new Promise(() => {}), close: () => Promise.resolve() }
    const writer = new WavWriter(stuck)
    for (let second = 0; second < 130; second += 1) writer.write(new Int16Array(16_000))
    assert.match(writer.failure?.message ?? "", /behind/)
    await Promise.resolve()
  })
})
