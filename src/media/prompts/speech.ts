import { Effect, FileSystem, Result, Schema, Stream } from "effect"
import { ChildProcess } from "effect/process"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { type Prompt, promptFromWav } from "./Prompt.ts"

/** How text becomes speech. */
export interface SpeechSettings {
  /** The program: `espeak-ng`, by name or path. */
  readonly command: string
  /** One of `espeak-ng --voices`, such as `en-gb` or `de`. */
  readonly voice: string
  /** From 80 to 450. */
  readonly wordsPerMinute: number
  /** Where speech is kept once made, one file a text; made when missing. */
  readonly folder: string
}

/** A text cannot be spoken. `absent` means that the program is not installed. */
export class SpeechFailed extends Schema.TaggedError<SpeechFailed>()("SpeechFailed", {
  reason: Schema.Literals(["absent", "slow", "text", "program", "file"]),
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}

const textMax = 4_000
const waitMax = "20 seconds"
/** Ten minutes of speech as the program writes it. */
const soundBytesMax = 10 * 60 * 22_050 * 2

const fail = (reason: SpeechFailed["reason"], sentence: string) => new SpeechFailed({ reason, sentence })

/** The text as a prompt, of which no file is kept: for what only one person is to hear. */
export const speakOnce = Effect.fn("speakOnce")(function* (text: string, settings: SpeechSettings) {
  return yield* promptOf(yield* synthesise(yield* speakable(text), settings), settings.command)
})

/** The text as a prompt. Each text is spoken once; after that its file is read, also after a restart. */
export const speak = Effect.fn("speak")(function* (text: string, settings: SpeechSettings) {
  const files = yield* FileSystem.FileSystem
  const spoken = yield* speakable(text)
  const path = join(settings.folder, `${keyOf(spoken, settings)}.wav`)
  const kept = yield* Effect.option(files.readFile(path))
  if (kept._tag === "Some") {
    const prompt = promptFromWav(kept.value)
    if (Result.isSuccess(prompt)) return prompt.success
  }
  const sound = yield* synthesise(spoken, settings)
  const prompt = yield* promptOf(sound, settings.command)
  yield* keep(path, sound, settings.folder).pipe(
    Effect.mapError(({ message }) => fail("file", `speech cannot be kept in ${settings.folder}: ${message}`))
  )
  return prompt
})

const speakable = (text: string): Effect.Effect<string, SpeechFailed> => {
  const spoken = text.trim()
  if (spoken === "") return Effect.fail(fail("text", "there is no text to speak"))
  if (spoken.length <= textMax) return Effect.succeed(spoken)
  return Effect.fail(fail("text", `the text has ${spoken.length} characters; ${textMax} can be spoken`))
}

const keyOf = (text: string, { voice, wordsPerMinute }: SpeechSettings): string =>
  createHash("sha256")
    .update(JSON.stringify([text, voice, wordsPerMinute]))
    .digest("hex")

const promptOf = (sound: Uint8Array, command: string): Effect.Effect<Prompt, SpeechFailed> =>
  Effect.mapError(Effect.fromResult(promptFromWav(sound)), ({ message }) =>
    fail("program", `${command} wrote no sound: ${message}`)
  )

/** Whole or not at all, also when two write it at once. */
const keep = Effect.fnUntraced(function* (path: string, sound: Uint8Array, folder: string) {
  const files = yield* FileSystem.FileSystem
  yield* files.makeDirectory(folder, { recursive: true })
  const own = join(yield* files.makeTempDirectoryScoped({ directory: folder }), "speech.wav")
  yield* files.writeFile(own, sound)
  yield* files.rename(own, path)
}, Effect.scoped)

const synthesise = Effect.fnUntraced(
  function* (text: string, { command, voice, wordsPerMinute }: SpeechSettings) {
    // The text goes in by itself: none of it can be taken for an option.
    const args = ["-v", voice, "-s", String(wordsPerMinute), "-b", "1", "--stdin", "--stdout"]
    const stdin = Stream.make(new TextEncoder().encode(text))
    const handle = yield* ChildProcess.make(command, args, { stdin })
    const [sound, complaint] = yield* Effect.all(
      [bytesOf(handle.stdout, soundBytesMax), bytesOf(handle.stderr, 4_096)],
      {
        concurrency: 2
      }
    )
    const exitCode = yield* handle.exitCode
    if (exitCode !== 0) {
      const why = new TextDecoder().decode(complaint).trim()
      return yield* fail("program", `${command} failed with exit code ${exitCode}: ${why}`)
    }
    if (sound.length >= soundBytesMax) return yield* fail("text", "the text makes more than ten minutes of speech")
    return sound
  },
  (effect, _text, { command }) =>
    effect.pipe(
      Effect.scoped,
      Effect.timeoutOrElse({
        duration: waitMax,
        orElse: () => Effect.fail(fail("slow", `${command} took longer than ${waitMax}`))
      }),
      Effect.catchTag("PlatformError", (error) => {
        if (error.reason._tag !== "NotFound")
          return Effect.fail(fail("program", `${command} cannot be run: ${error.message}`))
        return Effect.fail(fail("absent", `${command} is not installed; install it, or use recorded prompts`))
      })
    )
)

/** At most so many bytes; the rest is read and thrown away, so that the program can end. */
const bytesOf = <E>(stream: Stream.Stream<Uint8Array, E>, most: number): Effect.Effect<Uint8Array, E> =>
  Effect.map(
    Stream.runFold(
      stream,
      () => ({ pieces: [] as Array<Uint8Array>, length: 0 }),
      (all, piece) => {
        if (all.length < most) all.pieces.push(piece.subarray(0, most - all.length))
        return { pieces: all.pieces, length: all.length + piece.length }
      }
    ),
    ({ pieces }) => new Uint8Array(Buffer.concat(pieces))
  )
