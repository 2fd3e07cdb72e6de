import { Effect, FileSystem, Schema, type Scope } from "effect"
import type { ChildProcessSpawner } from "effect/process"
import { join } from "node:path"
import type { Prompt } from "../../domain/flow/CallFlow.ts"
import { fillText, placeholdersOf } from "../../domain/flow/spokenText.ts"
import { Media } from "../../media/Media.ts"
import type { LoadedPrompt } from "../../media/MediaLeg.ts"
import { promptFromWav, silentPrompt } from "../../media/prompts/Prompt.ts"
import { speak, speakOnce } from "../../media/prompts/speech.ts"
import type { LiveSettings } from "./LiveSettings.ts"

/** A prompt cannot be played; `sentence` says which, and why. */
export class PromptUnusable extends Schema.TaggedError<PromptUnusable>()("PromptUnusable", {
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}

/** Who speaks texts that name no voice of their own. */
export interface Speaker {
  readonly language: string | null
  readonly voice: string | null
}
const noSpeaker: Speaker = { language: null, voice: null }

/**
 * Prompts the media thread holds. Those that say the same to everybody are loaded once; all others for the call, and no file
 * of them is left behind.
 */
export interface Prompts {
  readonly silence: LoadedPrompt
  readonly get: (
    prompt: Prompt,
    speaker: Speaker | null,
    valueOf: (field: string) => string | null
  ) => Effect.Effect<LoadedPrompt, PromptUnusable, Scope.Scope>
}

/** Loads every prompt of the settings that says the same to everybody; fails at the first that cannot be played. */
export const loadPrompts = Effect.fn("loadPrompts")(function* (settings: LiveSettings) {
  const media = yield* Media
  const context = yield* Effect.context<FileSystem.FileSystem | ChildProcessSpawner.ChildProcessSpawner>()
  // What is said in place of the prompt is not named: it may say who is called.
  const load = (prompt: Prompt, speaker: Speaker, said: Prompt) =>
    Effect.flatMap(Effect.provide(soundOf(said, speaker, settings.prompts, !isSameForAll(prompt)), context), (sound) =>
      media.load(sound)
    ).pipe(Effect.mapError((error) => new PromptUnusable({ sentence: `${nameOf(prompt)}: ${error.message}` })))
  const known = new Map<string, LoadedPrompt>()
  for (const [prompt, speaker] of promptsOf(settings)) {
    const key = keyOf(prompt, speaker)
    if (!known.has(key)) known.set(key, yield* load(prompt, speaker, prompt))
  }
  const silence = yield* Effect.orDie(media.load(silentPrompt))
  const get: Prompts["get"] = (prompt, speaker, valueOf) => {
    const loaded = known.get(keyOf(prompt, speaker ?? noSpeaker))
    if (loaded !== undefined) return Effect.succeed(loaded)
    const said = "text" in prompt ? { ...prompt, text: fillText(prompt.text, valueOf) } : prompt
    return load(prompt, speaker ?? noSpeaker, said)
  }
  const prompts: Prompts = { silence, get }
  return prompts
})

const keyOf = (prompt: Prompt, speaker: Speaker): string => JSON.stringify([prompt, speaker.language, speaker.voice])

const nameOf = (prompt: Prompt): string => ("file" in prompt ? `prompt ${prompt.file}` : `prompt "${prompt.text}"`)

const isSameForAll = (prompt: Prompt): boolean => "file" in prompt || placeholdersOf(prompt.text).length === 0

const promptsOf = ({ campaigns }: LiveSettings): ReadonlyArray<readonly [Prompt, Speaker]> =>
  campaigns.flatMap(({ abandonMessage, announcement, closingMessage, flow, holdMusic }) => [
    ...[abandonMessage, announcement, closingMessage, holdMusic]
      .filter((prompt) => prompt !== null)
      .map((prompt) => [prompt, noSpeaker] as const),
    ...(flow?.prompts ?? []).filter(isSameForAll).map((prompt) => [prompt, flow ?? noSpeaker] as const)
  ])

const soundOf = Effect.fnUntraced(function* (
  prompt: Prompt,
  speaker: Speaker,
  { folder, speech }: LiveSettings["prompts"],
  isPersonal: boolean
) {
  if ("file" in prompt) {
    const file = yield* FileSystem.FileSystem.use((files) => files.readFile(join(folder, prompt.file)))
    return yield* Effect.fromResult(promptFromWav(file))
  }
  const voice = prompt.voice ?? prompt.language ?? speaker.voice ?? speaker.language ?? speech.voice
  const say = isPersonal ? speakOnce : speak
  return yield* say(prompt.text, { ...speech, voice })
})
