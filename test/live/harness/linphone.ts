import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Result } from "effect"
import { samplesPerSecond } from "../../../src/media/audio/g711.ts"
import { readWav } from "../../../src/media/audio/readWav.ts"
import { wavHeaderBytes, wavOf } from "../../../src/media/audio/wavHeader.ts"
import { type Address, addressText } from "../../../src/sip/wire/Address.ts"
import { type Track, tracksOf } from "./hearing.ts"
import { isBound, newHost, until } from "./host.ts"
import { folder, program } from "./program.ts"

interface PhoneOptions {
  readonly user: string
  readonly password: string
  readonly registrar: Address
  /** What it says in a call. */
  readonly voice: Int16Array
}

const settings = (host: string): string =>
  ["[sip]", "sip_port=5060", "sip_tcp_port=0", "sip_tls_port=0", `bind_address=${host}`, "use_ipv6=0", ""].join("\n")

/** A phone of another family than baresip: Linphone without a sound card. It takes each call at once. */
export const linphone = Effect.fnUntraced(function* ({ password, registrar, user, voice }: PhoneOptions) {
  const cwd = yield* folder("linphone")
  const host = newHost()
  mkdirSync(join(cwd, ".local", "share", "linphone"), { recursive: true })
  writeFileSync(join(cwd, "linphonerc"), settings(host))
  writeFileSync(join(cwd, "voice.wav"), wavOf(samplesPerSecond, voice))
  const phone = yield* program("linphonec", ["-c", "linphonerc", "-a"], cwd)
  yield* until(
    () => `Linphone listens: ${phone.output()}`,
    () => isBound("udp", host, 5060)
  )
  phone.type("soundcard use files")
  phone.type(`play ${join(cwd, "voice.wav")}`)
  phone.type(`record ${join(cwd, "heard.wav")}`)
  phone.type(`register sip:${user}@${addressText(registrar)} sip:${addressText(registrar)} ${password}`)
  return {
    hangUp: Effect.sync(() => phone.type("terminate")),
    /** What it heard in its last call. */
    heard: () => recorded(readFileSync(join(cwd, "heard.wav")))
  }
})

/** Linphone counts the header to the samples; what the file really holds is put right. */
const recorded = (file: Buffer): Track => {
  file.writeUInt32LE(file.length - wavHeaderBytes, wavHeaderBytes - 4)
  return tracksOf(Result.getOrThrow(readWav(file)))[0]
}
