import { assert, describe, it } from "@effect/vitest"
import { hertzOfKey, toneOf } from "../../../src/media/audio/tones.ts"
import { promptOf } from "../../../src/media/prompts/Prompt.ts"
import { rig, rtp } from "./rig.ts"
import { answeringMachineDefaults } from "../../../src/media/detection/AnsweringMachine.ts"

describe("listening", () => {
  const say = async (listening: { tones?: boolean; machine?: boolean }, sound: Int16Array) => {
    const { engine, leg, log, run } = rig()
    const a = await leg(1)
    const { machine = false, tones = false } = listening
    await engine.handle("listen", {
      leg: a.id,
      listening: { keys: true, tones, answeringMachine: machine ? answeringMachineDefaults : null }
    })
    const { mulaw } = promptOf(sound)
    for (let i = 0; i * 160 + 160 <= mulaw.length; i += 1) {
      run(1_000 + 20 * i)
      a.receive(rtp(i, 160 * i, mulaw.subarray(160 * i, 160 * i + 160)))
    }
    run(1_200 + mulaw.length / 8)
    return log.filter(({ event }) => event.kind !== "latched")
  }
  const silence = (millis: number) => ({ hertz: [], millis, dBm0: 0 })

  it("hears beeps and special information tones, and when", async () => {
    const [beep, ...more] = await say(
      { tones: true },
      toneOf([silence(500), { hertz: [1_000], millis: 400, dBm0: -10 }, silence(200)])
    )
    assert.deepStrictEqual(more, [])
    assert.deepStrictEqual(beep.event.kind === "tone" && beep.event.tone.kind, "beep")
    assert.closeTo(beep.atMillis - 1_001_000, 900 + 60, 40)
  })
  it("tells a person from a machine, once", async () => {
    const word = { hertz: [300, 900], millis: 400, dBm0: -20 }
    const person = await say({ machine: true }, toneOf([silence(300), word, silence(3_000)]))
    assert.deepStrictEqual(
      person.map(({ event }) => event),
      [{ kind: "answeringMachine", verdict: { verdict: "human", cause: "silence-after-greeting", millis: 1_500 } }]
    )
  })
  it("does not hear keys as tones where they come as events", async () => {
    assert.deepStrictEqual(
      await say({}, toneOf([{ hertz: hertzOfKey("5"), millis: 200, dBm0: -10 }, silence(100)])),
      []
    )
  })
})
