import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { FlowAction } from "../../../src/dialler/flow/FlowProgram.ts"
import { campaignOf, flowOf, key, numberOf, onFakes, settingsOf, spokenMillis } from "./fakeFloor.ts"

/** The file that keeps a text once it was spoken. */
const spokenFile = (text: string, voice: string): string =>
  `speech/${createHash("sha256")
    .update(JSON.stringify([text, voice, 160]))
    .digest("hex")}.wav`

const flow = flowOf([
  { name: "greeting", do: "say", text: "Hello {firstName|you}, {lastName|dear neighbour}." },
  { name: "news", do: "say", text: "Here is the news.", language: "fr" },
  { name: "jingle", do: "play", file: "jingles/2000.wav" },
  { name: "end", do: "hang-up", result: "served" }
])
const settings = settingsOf({ campaigns: [campaignOf({ flow: { ...flow, language: "de", voice: null } })] })

describe("prompts of a live floor", () => {
  it.effect("are loaded when it begins, where they say the same to everybody", () =>
    onFakes(settings, ({ filesRead }) =>
      Effect.sync(() => {
        assert.deepStrictEqual(
          [...filesRead].sort(),
          [
            ...["prompts/4000.wav", "prompts/3000.wav", "prompts/7000.wav", "prompts/jingles/2000.wav"],
            spokenFile("Here is the news.", "fr")
          ].sort()
        )
      })
    )
  )
  it.effect("with the contact's fields are spoken in the call, in the language of the flow, and leave no file", () =>
    onFakes(settings, ({ dial, far, filesRead, media, pass, said, told, trunk }) =>
      Effect.gen(function* () {
        yield* dial
        far.at(numberOf(0)).answers()
        yield* pass()
        const before = filesRead.length
        yield* trunk({ kind: "flowDoes", key, action: FlowAction.play, step: 0, turn: 1 })
        assert.deepStrictEqual([said, filesRead.length], [["de: Hello Ann, dear neighbour."], before])
        assert.strictEqual(media.last().hears, `${spokenMillis} ms`)
        yield* pass(spokenMillis)
        assert.deepStrictEqual(told.at(-1), { kind: "flowPlayed", ...key, turn: 1 })
        // What everybody hears is not read again.
        yield* trunk({ kind: "flowDoes", key, action: FlowAction.play, step: 2, turn: 2 })
        assert.deepStrictEqual([filesRead.length, media.last().hears], [before, "2000 ms"])
      })
    )
  )
  it.effect("that cannot be played keep the floor from beginning, by name", () =>
    Effect.gen(function* () {
      const silent = settingsOf({ campaigns: [campaignOf({ holdMusic: { file: "0.wav" } })] })
      const failure = yield* Effect.flip(onFakes(silent, () => Effect.void))
      assert.deepInclude(failure as object, { _tag: "PromptUnusable" })
      assert.match((failure as Error).message, /^prompt 0\.wav: /)
    })
  )
})
