import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { samplesPerSecond } from "../../../src/media/audio/g711.ts"
import { wavOf } from "../../../src/media/audio/wavHeader.ts"
import type { Address } from "../../../src/sip/wire/Address.ts"
import { addressText } from "../../../src/sip/wire/Address.ts"
import { type BaresipEvent, ctrlTcp } from "./ctrlTcp.ts"
import { isBound, newHost, until } from "./host.ts"
import { readTracks, type Track } from "./hearing.ts"
import { folder, program } from "./program.ts"

interface PhoneOptions {
  readonly user: string
  readonly password: string
  /** Where it registers. */
  readonly registrar: Address
  /** What it says in each call, from its beginning; then it falls silent. */
  readonly voice: Int16Array
  /** Takes each call at once; without it it rings until `command("accept")`. */
  readonly answers?: boolean
}

export interface Phone {
  readonly address: Address
  /** What the registrar has said last, as "200 OK" or "401 Unauthorized"; "" before that. */
  readonly registered: () => string
  /** What it has told of since it was there: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED and so on. */
  readonly events: ReadonlyArray<BaresipEvent>
  /** Waits until it has told of that so many times. */
  readonly saw: (type: string, times?: number) => Effect.Effect<void>
  /** Calls somebody. */
  readonly dial: (uri: string) => Effect.Effect<void>
  readonly hangUp: Effect.Effect<void>
  readonly hold: Effect.Effect<void>
  readonly resume: Effect.Effect<void>
  /** Presses a key by telephone-event (RFC 4733), and lets it go. */
  readonly press: (key: string) => Effect.Effect<void>
  readonly command: (command: string, params?: string) => Effect.Effect<string>
  /** What it heard and what it said in each of its calls that are over, the first call first. */
  readonly heard: () => ReadonlyArray<Track>
  readonly said: () => ReadonlyArray<Track>
  /** The power fails: no goodbye is said. */
  readonly kill: Effect.Effect<void>
}

const controlPort = 4444

const config = (host: string): string =>
  [
    `sip_listen ${host}:5060`,
    // An address is taken as one; "lo" is refused.
    `net_interface ${host}`,
    "audio_source aufile,voice.wav",
    "audio_player aubridge,sink",
    "ausrc_srate 8000",
    "auplay_srate 8000",
    "ausrc_channels 1",
    "auplay_channels 1",
    "rtp_ports 20000-20100",
    `module_path ${modulesFolder}`,
    ...["g711", "aufile", "aubridge", "sndfile", "uuid", "account"].map((name) => `module ${name}.so`),
    ...["menu", "ctrl_tcp"].map((name) => `module_app ${name}.so`),
    "snd_path .",
    `ctrl_tcp_listen ${host}:${controlPort}`,
    ""
  ].join("\n")
const modulesFolder = "/usr/lib/baresip/modules"

/** An agent's phone: baresip, which registers and then waits for calls. */
export const baresip = Effect.fnUntraced(function* (options: PhoneOptions) {
  const { answers = true, password, registrar, user, voice } = options
  const cwd = yield* folder("baresip")
  const address = { host: newHost(), port: 5060 }
  writeFileSync(join(cwd, "voice.wav"), wavOf(samplesPerSecond, voice))
  writeFileSync(join(cwd, "config"), config(address.host))
  writeFileSync(join(cwd, "contacts"), "")
  writeFileSync(
    join(cwd, "accounts"),
    `<sip:${user}@${addressText(registrar)};transport=udp>;auth_user=${user};auth_pass=${password};` +
      `answermode=${answers ? "auto" : "manual"};regint=60;audio_codecs=pcmu,pcma\n`
  )
  const process = yield* program("baresip", ["-f", "."], cwd)
  yield* until(
    () => `baresip listens: ${process.output()}`,
    () => isBound("tcp", address.host, controlPort)
  )
  const { command, events } = yield* ctrlTcp(address.host, controlPort)
  const saw = (type: string, times = 1) =>
    until(
      () => `${type} at ${user}, after ${JSON.stringify(events)} and ${process.output()}`,
      () => events.filter((event) => event.type === type).length >= times
    )
  // It may have registered before its control port was opened, so its output tells.
  const registered = () =>
    process
      .output()
      .match(/(?<=\{\d\/UDP\/v4\} |reg: .*: )\d{3} \w+/g)
      ?.at(-1) ?? ""
  const recordings = (side: "dec" | "enc") => () =>
    readdirSync(cwd)
      .filter((name) => name.startsWith("dump-") && name.endsWith(`${side}.wav`))
      .sort()
      .map((name) => readTracks(join(cwd, name))[0])
  const run = (name: string, params?: string) => Effect.asVoid(command(name, params))
  return {
    address,
    registered,
    events,
    saw,
    dial: (uri) => run("dial", uri),
    hangUp: run("hangup"),
    hold: run("hold"),
    resume: run("resume"),
    press: (key) => run("sndcode", key),
    command,
    heard: recordings("dec"),
    said: recordings("enc"),
    kill: process.kill
  } satisfies Phone
})
