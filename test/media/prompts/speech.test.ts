import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promptMillis } from "../../../src/media/prompts/Prompt.ts"
import { speak, speakOnce, type SpeechSettings } from "../../../src/media/prompts/speech.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "speech-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)
const settingsIn = (path: string, changes: Partial<SpeechSettings> = {}): SpeechSettings => ({
  command: "espeak-ng",
  voice: "en-gb",
  wordsPerMinute: 160,
  folder: join(path, "kept"),
  ...changes
})
/** A program of our own in place of the speaker. */
const script = (path: string, text: string): string => {
  const file = join(path, "speaker")
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return file
}

describe("speech", () => {
  it.effect("is made of text, once, and kept", () =>
    Effect.gen(function* () {
      const settings = settingsIn(yield* folder)
      const text = "Sorry, nobody is free to take your call. Goodbye."
      const prompt = yield* speak(text, settings)
      assert.isTrue(promptMillis(prompt) > 1_500 && promptMillis(prompt) < 8_000, `${promptMillis(prompt)} ms`)
      assert.isAbove(new Set(prompt.alaw).size, 100, "there is sound in it")
      const [file, ...more] = readdirSync(settings.folder)
      assert.deepStrictEqual([file.length, more], [68, []])
      const again = yield* speak(`  ${text}\n`, { ...settings, command: "no-such-program" })
      assert.deepStrictEqual(again.mulaw, prompt.mulaw)
      yield* speak(text, { ...settings, wordsPerMinute: 200 })
      assert.strictEqual(readdirSync(settings.folder).length, 2)
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
  it.effect("for one person alone is made and not kept", () =>
    Effect.gen(function* () {
      const settings = settingsIn(yield* folder)
      const prompt = yield* speakOnce("Hello Ann.", settings)
      assert.isAbove(promptMillis(prompt), 300)
      assert.isFalse(existsSync(settings.folder))
      assert.strictEqual((yield* Effect.flip(speakOnce(" ", settings)))._tag, "SpeechFailed")
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
  it.effect("is spoken as it is written, options and all", () =>
    Effect.gen(function* () {
      const path = yield* folder
      const prompt = yield* speak(`--phonout=${join(path, "made")} $(touch ${join(path, "made")})`, settingsIn(path))
      assert.isAbove(promptMillis(prompt), 500)
      assert.isFalse(existsSync(join(path, "made")))
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
  it.effect("is made anew when its file is broken", () =>
    Effect.gen(function* () {
      const settings = settingsIn(yield* folder)
      yield* speak("One.", settings)
      const [file] = readdirSync(settings.folder)
      writeFileSync(join(settings.folder, file), "broken")
      yield* speak("One.", settings)
      assert.isAbove(statSync(join(settings.folder, file)).size, 1_000)
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
  it.effect("fails with a reason", () =>
    Effect.gen(function* () {
      const path = yield* folder
      const why = (text: string, changes: Partial<SpeechSettings>) =>
        Effect.map(Effect.flip(speak(text, settingsIn(path, changes))), (error) => {
          if (error._tag !== "SpeechFailed") throw error
          return `${error.reason}: ${error.message}`
        })
      assert.strictEqual(
        yield* why("One.", { command: "no-such-program" }),
        "absent: no-such-program is not installed; install it, or use recorded prompts"
      )
      assert.strictEqual(yield* why(" ", {}), "text: there is no text to speak")
      assert.strictEqual(yield* why("x".repeat(4_001), {}), "text: the text has 4001 characters; 4000 can be spoken")
      const failing = script(path, "echo 'no such voice' >&2; cat > /dev/null; exit 3")
      assert.strictEqual(
        yield* why("One.", { command: failing }),
        `program: ${failing} failed with exit code 3: no such voice`
      )
      const silent = script(path, "cat > /dev/null")
      assert.strictEqual(
        yield* why("One.", { command: silent }),
        `program: ${silent} wrote no sound: This is not a WAV file: it must begin with RIFF and WAVE (byte 0)`
      )
      assert.match(yield* why("One.", { folder: join(failing, "kept") }), /^file: speech cannot be kept in /)
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
  it.effect("gives up on a program that does not end, and ends it", () =>
    Effect.gen(function* () {
      const path = yield* folder
      const stuck = script(path, `echo $$ > ${join(path, "started")}; exec sleep 1000`)
      const speaking = yield* Effect.forkChild(Effect.flip(speak("One.", settingsIn(path, { command: stuck }))), {
        startImmediately: true
      })
      yield* TestClock.withLive(
        Effect.repeat(Effect.sleep("5 millis"), { until: () => existsSync(join(path, "started")) })
      )
      yield* TestClock.adjust("20 seconds")
      const error = yield* Fiber.join(speaking)
      assert.strictEqual(error.message, `${stuck} took longer than 20 seconds`)
    }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
  )
})
