import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { decode } from "../../../src/media/audio/g711.ts"
import { wavOf } from "../../../src/media/audio/wavHeader.ts"
import { promptFromWav, promptMillis } from "../../../src/media/prompts/Prompt.ts"

describe("prompts", () => {
  it("are encoded in both laws, at 8 kHz, as long as the file", () => {
    const samples = Int16Array.from({ length: 16_000 }, (_, i) => 10_000 * Math.sin((2 * Math.PI * 500 * i) / 16_000))
    const prompt = Result.getOrThrow(promptFromWav(wavOf(16_000, samples)))
    assert.strictEqual(promptMillis(prompt), 1_000)
    for (const law of ["mulaw", "alaw"] as const) {
      decode(law, prompt[law])
        .subarray(500, 7_500)
        .forEach((sample, i) =>
          assert.closeTo(sample, 10_000 * Math.sin((2 * Math.PI * 500 * (i + 500)) / 8_000), 300, `${law} ${i}`)
        )
    }
  })
  it("are not made of broken files", () => {
    const read = promptFromWav(new Uint8Array(3))
    assert.isTrue(Result.isFailure(read) && read.failure._tag === "WavUnreadable")
  })
})
