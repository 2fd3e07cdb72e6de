import type { CountryCode } from "../../contacts/phoneNumber.ts"
import type { FlowProgram } from "../../dialler/flow/FlowProgram.ts"
import type { Prompt } from "../../domain/flow/CallFlow.ts"
import type { AnsweringMachineSettings } from "../../media/detection/AnsweringMachine.ts"
import type { SpeechSettings } from "../../media/prompts/speech.ts"

/** All that calls on a live floor need to know. Times are in milliseconds. */
export interface LiveSettings {
  /** IANA id: the days and times in the names of recordings are those of this zone. */
  readonly zone: string
  readonly recordingsFolder: string
  /** Sound files of prompts are in `folder`. */
  readonly prompts: { readonly folder: string; readonly speech: SpeechSettings }
  /** In the order of the core. */
  readonly campaigns: ReadonlyArray<LiveCampaign>
  /** By the agents' numbers in the core. */
  readonly agents: ReadonlyArray<LiveAgent>
  /** Country of numbers that come in without one. */
  readonly country: CountryCode
  readonly limits: LiveLimits
}

export interface LiveCampaign {
  readonly name: string
  /** Numbers people call it on, as written. */
  readonly numbersDialled: ReadonlyArray<string>
  /** Whether somebody who calls it may wait for an agent. */
  readonly putsThrough: boolean
  /** Whether somebody who calls it and is put through to nobody is called back; others are turned away. */
  readonly takesRequests: boolean
  /** Whether talks with agents are recorded. */
  readonly record: boolean
  readonly detection: AnsweringMachineSettings
  /** The flow of an automatic campaign. */
  readonly flow: FlowProgram | null
  /** What calls hear; null for silence. */
  readonly holdMusic: Prompt | null
  readonly abandonMessage: Prompt | null
  /** Of an automatic campaign without a flow. */
  readonly announcement: Prompt | null
  /** To somebody who calls and is put through to nobody. */
  readonly closingMessage: Prompt | null
}

export interface LiveAgent {
  /** Registers under it. */
  readonly user: string
  /** SIP address of a phone that does not register; null for one that does. */
  readonly address: string | null
  /** The phone is called once when the agent signs in; otherwise for every call. */
  readonly alwaysOn: boolean
}

export interface LiveLimits {
  /** How long an agent's phone rings for a call. */
  readonly phoneRingMillisMax: number
  /** How long the phone rings of somebody a call is given to. */
  readonly transferRingMillisMax: number
  /** A far end that sends nothing for so long is hung up; null for never. */
  readonly silenceMillis: number | null
  /** Callers who are with nobody yet and in no queue, at once. */
  readonly inboundMax: number
}

/** As used where nothing else is said. */
export const usualLimits: LiveLimits = {
  phoneRingMillisMax: 20_000,
  transferRingMillisMax: 30_000,
  silenceMillis: 30_000,
  inboundMax: 50
}
