/**
 * Tells people from answering machines by how the greeting goes: a person says a word or two and waits, a machine talks
 * on. The rule and its defaults are those of Asterisk's `app_amd`. It is off unless asked for, and it errs: on synthetic
 * greetings the defaults took most people for machines (docs/media.md). Treat `unsure` as a person.
 */
export interface AnsweringMachineSettings {
  /** All times in milliseconds. */
  readonly analysisMillis: number
  readonly initialSilenceMillis: number
  readonly greetingMillis: number
  readonly silenceAfterGreetingMillis: number
  readonly wordMillisMin: number
  readonly silenceBetweenWordsMillis: number
  readonly wordsMax: number
  readonly wordMillisMax: number
  /** Mean of the samples' magnitudes below which 20 ms are silent, of 0 to 32,767. */
  readonly silenceLevel: number
}

/** Asterisk's sample configuration. */
export const answeringMachineDefaults: AnsweringMachineSettings = {
  analysisMillis: 5_000,
  initialSilenceMillis: 2_500,
  greetingMillis: 1_500,
  silenceAfterGreetingMillis: 800,
  wordMillisMin: 100,
  silenceBetweenWordsMillis: 50,
  wordsMax: 2,
  wordMillisMax: 5_000,
  silenceLevel: 256
}

/** The same with four words and a longer greeting: fewer people lost, later verdicts. */
export const answeringMachineLenient: AnsweringMachineSettings = {
  ...answeringMachineDefaults,
  greetingMillis: 2_000,
  wordsMax: 4
}

export type AnsweringMachineCause =
  "initial-silence" | "silence-after-greeting" | "greeting-too-long" | "too-many-words" | "word-too-long" | "time-out"

export interface AnsweringMachineVerdict {
  readonly verdict: "human" | "machine" | "unsure"
  readonly cause: AnsweringMachineCause
  /** From the first frame to the verdict. */
  readonly millis: number
}

const frameMillis = 20

/** One detection: give it every 20 ms of the greeting, from the answer on, until it answers. */
export class AnsweringMachine {
  readonly #settings: AnsweringMachineSettings
  #verdict: AnsweringMachineVerdict | null = null
  #millis = 0
  #silenceMillis = 0
  #voiceMillis = 0
  #words = 0
  /** Milliseconds since the first word began; 0 before it. */
  #greetingMillis = 0
  #isInGreeting = false
  #isInWord = false

  constructor(settings: AnsweringMachineSettings) {
    this.#settings = settings
  }

  /** Takes 160 samples. Null until it knows; the verdict once, and again for every frame after it. */
  push(frame: Int16Array): AnsweringMachineVerdict | null {
    if (this.#verdict !== null) return this.#verdict
    this.#millis += frameMillis
    if (this.#isInGreeting) this.#greetingMillis += frameMillis
    const cause = isSilent(frame, this.#settings.silenceLevel) ? this.#silent() : this.#voiced()
    if (cause !== null) return this.#conclude(cause)
    return this.#millis >= this.#settings.analysisMillis ? this.#conclude("time-out") : null
  }

  #silent(): AnsweringMachineCause | null {
    const { initialSilenceMillis, silenceAfterGreetingMillis, silenceBetweenWordsMillis } = this.#settings
    this.#silenceMillis += frameMillis
    if (this.#silenceMillis >= silenceBetweenWordsMillis) {
      this.#isInWord = false
      this.#voiceMillis = 0
    }
    if (!this.#isInGreeting) return this.#silenceMillis >= initialSilenceMillis ? "initial-silence" : null
    return this.#silenceMillis >= silenceAfterGreetingMillis ? "silence-after-greeting" : null
  }

  #voiced(): AnsweringMachineCause | null {
    const { greetingMillis, wordMillisMax, wordMillisMin, wordsMax } = this.#settings
    this.#voiceMillis += frameMillis
    if (this.#voiceMillis >= wordMillisMin) {
      // Shorter sounds are no word, and do not break the silence before them.
      this.#silenceMillis = 0
      if (!this.#isInGreeting) this.#greetingMillis = this.#voiceMillis
      this.#isInGreeting = true
      if (!this.#isInWord) {
        this.#isInWord = true
        this.#words += 1
      }
    }
    if (this.#words > wordsMax) return "too-many-words"
    if (this.#isInWord && this.#voiceMillis > wordMillisMax) return "word-too-long"
    return this.#greetingMillis >= greetingMillis ? "greeting-too-long" : null
  }

  #conclude(cause: AnsweringMachineCause): AnsweringMachineVerdict {
    const human = cause === "silence-after-greeting"
    const verdict = human ? "human" : cause === "time-out" ? "unsure" : "machine"
    this.#verdict = { verdict, cause, millis: this.#millis }
    return this.#verdict
  }
}

const isSilent = (frame: Int16Array, level: number): boolean => {
  let sum = 0
  for (let i = 0; i < frame.length; i += 1) sum += Math.abs(frame[i])
  return sum < level * frame.length
}
