import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { createSocket } from "node:dgram"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readWav } from "../../../src/media/audio/readWav.ts"
import { wavHeader } from "../../../src/media/audio/wavHeader.ts"
import {
  description,
  pause,
  receive,
  receiveInvite,
  receiveResponse,
  request,
  respond,
  respondWithin
} from "../../sip/contract/scenario.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { answeringTrunk } from "../doctor/answeringTrunk.ts"
import { runCli, startCli } from "../runCli.ts"
import { floorAt, settled, writeFloor } from "./farEnd.ts"

const answer = respond("200 OK", { body: description, retrans: true })
const weHangUp = [receive("BYE"), respondWithin("200 OK")]
const answered = [receiveInvite(), respond("180 Ringing"), answer, receive("ACK")]

/** A far end's sound: answers every packet with 20 ms of a loud PCMU square wave. */
const loudFarEnd = Effect.acquireRelease(
  Effect.callback<{ readonly port: number; readonly received: () => number; readonly close: () => void }>((resume) => {
    const socket = createSocket("udp4")
    let sequence = 0
    socket.on("message", (_, from) => {
      const packet = Buffer.alloc(172)
      packet[0] = 0x80
      packet.writeUInt16BE(sequence, 2)
      packet.writeUInt32BE(160 * sequence, 4)
      packet.writeUInt32BE(7, 8)
      for (let i = 0; i < 160; i += 1) packet[12 + i] = i % 16 < 8 ? 0x10 : 0x90
      sequence += 1
      socket.send(packet, from.port, from.address)
    })
    socket.bind(0, "127.0.0.3", () => {
      const { port } = socket.address()
      resume(Effect.succeed({ port, received: () => sequence, close: () => socket.close() }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

describe("outpace call", () => {
  it.live("shows a call message by message, early media, keys and all", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const early = respond("183 Session Progress", { body: description })
        const far = yield* floorAt(folder, [receiveInvite(), early, pause(100), answer, receive("ACK"), ...weHangUp])
        const args = ["call", "030 901820", "--ladder", "--keys", "12#"]
        const { code, err, out } = yield* runCli(args, folder, { LC_ALL: "C.UTF-8" })
        assert.deepStrictEqual([code, err], [0, ""])
        const [head, ...lines] = settled(out).slice(1)
        assert.strictEqual(
          head,
          `          127.0.0.1:${far.port}` +
            `127.0.0.3:${far.address.port}`.padStart(48 - `127.0.0.1:${far.port}`.length)
        )
        assert.deepStrictEqual(lines.slice(0, -4), [
          "   t.ttt  │── INVITE ───────────────────────────────────▶│ sip:+4930901820@127.0.0.3, SDP",
          "   t.ttt  │◀───────────────────── 183 Session Progress ──│ SDP",
          "   t.ttt  early media",
          "   t.ttt  │◀─────────────────────────────────── 200 OK ──│ SDP",
          "   t.ttt  answered",
          "   t.ttt  │── ACK ──────────────────────────────────────▶│",
          "   t.ttt  sent keys 12#",
          "   t.ttt  │── BYE ──────────────────────────────────────▶│",
          "   t.ttt  │◀─────────────────────────────────── 200 OK ──│",
          "",
          "answered  after N s of ringing"
        ])
        assert.match(lines.at(-4) ?? "", /^talked +\d\.\d s, we hung up$/)
        assert.match(lines.at(-3) ?? "", /^sent +\d+ packets of PCMU$/)
        assert.strictEqual(lines.at(-2), "received  nothing: no sound came")
        assert.strictEqual((yield* far.done).code, 0)
      })
    )
  )

  const refusals: ReadonlyArray<
    readonly [status: string, code: number, words: RegExp, headers?: ReadonlyArray<string>]
  > = [
    ["486 Busy Here", 10, /^busy {2}486 Busy Here \(cause 17\), after N s of ringing$/m, ["Reason: Q.850;cause=17"]],
    ["480 Temporarily Unavailable", 11, /^no answer {2}480 Temporarily Unavailable, after N s of ringing$/m],
    ["603 Decline", 12, /^rejected {2}603 Decline, after/m],
    ["404 Not Found", 13, /^no such number {2}404 Not Found, after/m],
    ["503 Service Unavailable", 14, /^not carried {2}503 Service Unavailable, after/m]
  ]
  it.live.each(refusals)("that ends with %s has exit code %i", ([status, exit, words, headers = []]) =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        yield* floorAt(folder, [
          receiveInvite(),
          respond("180 Ringing"),
          respond(status, { headers, retrans: true }),
          receive("ACK")
        ])
        const { code, err, out } = yield* runCli(["call", "+4930901820"], folder)
        assert.deepStrictEqual([code, err], [exit, ""])
        assert.match(settled(out).join("\n"), words)
      })
    )
  )

  it.live("plays, records and measures", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const sound = yield* loudFarEnd
        const body = description.replace("6000", String(sound.port))
        yield* floorAt(folder, [
          receiveInvite(),
          respond("200 OK", { body, retrans: true }),
          receive("ACK"),
          ...weHangUp
        ])
        const samples = Int16Array.from({ length: 8_000 }, (_, i) => 8_000 * Math.sin(i / 3))
        const data = new Uint8Array(samples.buffer)
        writeFileSync(join(folder, "hello.wav"), Buffer.concat([wavHeader(8_000, 1, data.length), data]))
        const args = ["call", "+4930901820", "--play", "hello.wav", "--record", "call.wav"]
        const { code, out } = yield* runCli(args, folder)
        assert.strictEqual(code, 0)
        assert.isAtLeast(sound.received(), 50)
        const packets = /^received +(\d+) packets from 127\.0\.0\.3:(\d+), 0 lost \(0\.0 %\), jitter \d/m.exec(out)
        assert.isAtLeast(Number(packets?.[1]), 40)
        assert.strictEqual(Number(packets?.[2]), sound.port)
        assert.match(out, /^recorded +call\.wav, \d\.\d s$/m)
        const recorded = readWav(new Uint8Array(readFileSync(join(folder, "call.wav"))))
        assert.strictEqual(recorded._tag, "Success")
        if (recorded._tag !== "Success") return
        for (const channel of recorded.success.channels) assert.isAbove(Math.max(...channel), 0.1)
      })
    )
  )

  it.live("is hung up by the far end", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        yield* floorAt(folder, [...answered, pause(200), request("BYE", 90), receiveResponse(200)])
        const { code, out } = yield* runCli(["call", "+4930901820"], folder)
        assert.strictEqual(code, 0)
        assert.match(out, /^talked +\d\.\d s, the far end hung up$/m)
      })
    )
  )

  it.live("is hung up by Ctrl-C", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const far = yield* floorAt(folder, [...answered, ...weHangUp])
        const { child, ended } = startCli(["call", "+4930901820"], folder)
        yield* Effect.promise(() => said(child, / {2}answered\n/))
        child.kill("SIGINT")
        const { code, out } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 0)
        assert.match(out, /^talked +\d\.\d s, stopped$/m)
        assert.strictEqual((yield* far.done).code, 0)
      })
    )
  )

  it.live("is taken back by Ctrl-C while it rings", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const gone = [receive("CANCEL"), respond("200 OK"), respond("487 Gone", { toInvite: true, retrans: true })]
        const far = yield* floorAt(folder, [receiveInvite(), respond("180 Ringing"), ...gone, receive("ACK")])
        const { child, ended } = startCli(["call", "+4930901820"], folder)
        yield* Effect.promise(() => said(child, / {2}ringing\n/))
        child.kill("SIGINT")
        const { code, out } = yield* Effect.promise(() => ended)
        assert.strictEqual(code, 130)
        assert.match(out, /^taken back +we gave up, after \d\.\d s of ringing$/m)
        assert.strictEqual((yield* far.done).code, 0)
      })
    )
  )

  it.live("is not placed over a trunk that does not take us", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const carrier = yield* answeringTrunk(() => ({ status: 403 }))
        const registers = "credentials: { user: leeds, password: hush }, register: true, linesMax"
        writeFloor(folder, carrier.address, 25_061, (text) => text.replace("linesMax", registers))
        const { code, err } = yield* runCli(["call", "+4930901820"], folder)
        const sentence = "outpace: carrier does not take us: REGISTER was answered with 403. No call was placed.\n"
        assert.deepStrictEqual([code, err, carrier.asked.includes("INVITE")], [1, sentence, false])
      })
    )
  )

  it.live("goes out from another port where a floor has its own", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const far = yield* floorAt(folder, [...answered, ...weHangUp])
        const floor = createSocket("udp4")
        yield* Effect.acquireRelease(
          Effect.callback<void>((resume) => void floor.bind(far.port, "127.0.0.1", () => resume(Effect.void))),
          () => Effect.sync(() => void floor.close())
        )
        const { code, out } = yield* runCli(["call", "+4930901820", "--keys", "1"], folder)
        assert.strictEqual(code, 0)
        assert.match(out, new RegExp(`^Port ${far.port} is taken, by a floor that runs: calling from \\d+\\.$`, "m"))
      })
    )
  )
})

/** Resolves once standard output holds a match, or the process has ended. */
const said = (child: ReturnType<typeof startCli>["child"], pattern: RegExp): Promise<void> =>
  new Promise((resolve) => {
    let text = ""
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      if (pattern.test(text)) resolve()
    })
    child.on("close", () => resolve())
  })

describe("outpace call that cannot be placed", () => {
  const asked = (args: ReadonlyArray<string>, change?: (text: string) => string) =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        writeFloor(folder, { host: "127.0.0.3", port: 5_060 }, 25_060, change)
        writeFileSync(join(folder, "there.wav"), "not sound")
        const { code, err, out } = yield* runCli(["call", ...args], folder)
        assert.strictEqual(out, "")
        assert.isFalse(existsSync(join(folder, "new.wav")))
        return [code, err.trimEnd()]
      })
    )
  const cases: ReadonlyArray<readonly [what: string, args: ReadonlyArray<string>, sentence: string]> = [
    [
      "a number that is none",
      ["12"],
      "outpace: 12 is no telephone number, neither of DE nor with its country, as in +441632960123."
    ],
    ["another trunk", ["+4930901820", "--trunk", "other"], 'outpace: there is no trunk "other": there are carrier.'],
    [
      "a recording that is there",
      ["+4930901820", "--record", "there.wav"],
      "outpace: there.wav exists: a recording is never written over a file."
    ],
    [
      "a file that is no sound",
      ["+4930901820", "--play", "there.wav"],
      "outpace: there.wav cannot be played: This is not a WAV file: it must begin with RIFF and WAVE (byte 0)"
    ],
    [
      "a configuration that is not there",
      ["+4930901820", "--config", "none.yaml"],
      "outpace: cannot read none.yaml: no such file or directory."
    ]
  ]
  it.effect.each(cases)("because of %s", ([, args, sentence]) =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* asked(args), [2, sentence])
    })
  )
  it.effect("because the address is not of this machine", () =>
    Effect.gen(function* () {
      const [code, err] = yield* asked(["+4930901820"], (text) =>
        text.replace("address: 127.0.0.1", "address: 192.0.2.5")
      )
      assert.strictEqual(code, 2)
      assert.match(String(err), /^outpace: UDP socket 192\.0\.2\.5:25060: address not of this machine\./)
    })
  )
})
