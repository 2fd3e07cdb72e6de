import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { E164 } from "../../../src/domain/Contact.ts"
import { wavOf } from "../../../src/media/audio/wavHeader.ts"
import { eraseDue } from "../../../src/runtime/store/eraseDue.ts"
import { askErasure } from "../../../src/store/floor/erasures.ts"
import { layer as layerFloor } from "../../../src/store/floor/floorFile.ts"
import { layer } from "../../../src/store/Sqlite.ts"
import { receive, respond } from "../../sip/contract/scenario.ts"
import { freePort, sipp } from "../../sip/contract/sipp.ts"
import { emptyFolder, withFiles } from "../../store/files.ts"
import { writeFloor } from "../call/farEnd.ts"
import { runCli } from "../runCli.ts"
import { answeringTrunk } from "./answeringTrunk.ts"

type Change = (text: string) => string
const unicode = { LC_ALL: "C.UTF-8" }

/** Findings as `check: level: found`, from the JSON. */
const findingsOf = (out: string): ReadonlyArray<string> =>
  (JSON.parse(out) as { readonly findings: ReadonlyArray<Readonly<Record<string, string>>> }).findings.map(
    ({ check, found, level }) => `${check}: ${level}: ${found}`
  )

const register: Change = (text) =>
  text.replace("linesMax", "credentials: { user: leeds, password: hush }, register: true, linesMax")

/** A floor over a carrier that answers, with its list; `change` alters its file. */
const examined = (
  args: ReadonlyArray<string>,
  status: (method: string) => number,
  change: Change = (text) => text,
  prepare: (folder: string) => void = () => {}
) =>
  withFiles(
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const carrier = yield* answeringTrunk((request) => ({
        status: status(request.method),
        headers: { Date: new Date().toUTCString(), ...(request.method === "REGISTER" ? { Contact: contactOf } : {}) }
      }))
      const port = yield* freePort("127.0.0.1")
      writeFloor(folder, carrier.address, port, change)
      writeFileSync(join(folder, "contacts.csv"), "Phone\n")
      prepare(folder)
      const ended = yield* runCli(["doctor", ...args], folder, unicode)
      return { ...ended, carrier, port }
    })
  )
const contactOf = "<sip:leeds@127.0.0.1>;expires=600"

describe("outpace doctor", () => {
  it.live("says that all is well", () =>
    Effect.gen(function* () {
      const { carrier, code, err, out, port } = yield* examined([], () => 200, register)
      assert.deepStrictEqual([code, err], [0, ""])
      const { address } = carrier
      const settled = out
        .replace(/after \d+ ms/, "after N ms")
        .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/, "TIME")
        .replace(/[\d.]+ GB/, "N GB")
      const media = 10_000 + 20 * (port % 1_000)
      assert.deepStrictEqual(settled.split("\n"), [
        "outpace.yaml: Test, 1 trunk, 1 agent, Calls (progressive)",
        "",
        "  ✓ configuration                outpace.yaml can be used",
        `  ✓ SIP port                     127.0.0.1:${port} is free`,
        `  ! ports of sound               127.0.0.1, ports ${media} to ${media + 19}: enough for 5`,
        "                                 calls with their agents; the trunks carry 10",
        "                                 → Give media.ports four ports for every line of",
        "                                 the trunks.",
        "  ✓ SIP peers                    1 entry, none too wide",
        `  ✓ trunk carrier: address       127.0.0.3:${address.port}`,
        "  ✓ trunk carrier: OPTIONS       answered with 200 after N ms",
        "  ✓ trunk carrier: registration  registered as sip:leeds@127.0.0.3",
        "  ✓ clock                        TIME, as the trunk's",
        "  ✓ disk of the store            . can be written, N GB free",
        "  ✓ store                        outpace.sqlite is not there yet; it is made at",
        "                                 the first start",
        "  ✓ lists of Calls               contacts.csv",
        "",
        "No problems, 1 warning.",
        ""
      ])
      // The registration was taken back.
      assert.deepStrictEqual(carrier.asked, ["OPTIONS", "REGISTER", "REGISTER"])
    })
  )

  it.live("finds a clock that is wrong by the Date of SIPp", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const answer = respond("200 OK", { headers: ["Date: Sat, 21 Nov 2020 08:00:00 GMT"] })
        const far = yield* sipp("options", [receive("OPTIONS"), answer])
        writeFloor(folder, far.address, yield* freePort("127.0.0.1"))
        writeFileSync(join(folder, "contacts.csv"), "Phone\n")
        const { code, out } = yield* runCli(["doctor"], folder)
        assert.strictEqual(code, 1)
        assert.match(out, /^ {2}[✗x] clock .*Z is \d+ days ahead of/m)
        assert.match(out, /^1 problem, 1 warning\.$/m)
        assert.strictEqual((yield* far.done).code, 0)
      })
    )
  )

  const refusals: ReadonlyArray<readonly [status: number, found: string]> = [
    [403, "trunk carrier: registration: problem: refused with 403"],
    [404, "trunk carrier: registration: problem: the carrier knows no such user (404)"]
  ]
  it.live.each(refusals)("says what to do about a registration refused with %i", ([status, found]) =>
    Effect.gen(function* () {
      const answer = (method: string) => (method === "REGISTER" ? status : 200)
      const { code, out } = yield* examined(["--json"], answer, register)
      assert.strictEqual(code, 1)
      assert.include(findingsOf(out), found)
      assert.isFalse((JSON.parse(out) as { readonly ok: boolean }).ok)
    })
  )

  it.live("finds a trunk that is not heard, and phones that are not", () =>
    Effect.gen(function* () {
      const { code, out } = yield* examined(
        ["--json"],
        () => 200,
        (text) => text.replace("127.0.0.0/8", "127.0.0.9").replace("password: hush", 'address: "sip:ann@192.0.2.20"')
      )
      assert.strictEqual(code, 1)
      const [peer, address] = findingsOf(out).filter((each) => / problem:/.test(each))
      assert.strictEqual(peer, "SIP peers: problem: not heard: Ann at 192.0.2.20")
      assert.match(address, /^trunk carrier: address: problem: 127\.0\.0\.3:\d+ is .* nobody listens to$/)
    })
  )

  it.live("finds names that lead nowhere, peers that are everybody, and lists that are not there", () =>
    Effect.gen(function* () {
      const { code, out } = yield* examined(
        ["--json"],
        () => 200,
        (text) =>
          text
            .replace("[127.0.0.0/8]", "[0.0.0.0/0]")
            .replace(/host: "[^"]+"/, "host: nowhere.invalid")
            .replace("contacts.csv", "none.csv")
      )
      assert.strictEqual(code, 1)
      assert.includeMembers(
        [...findingsOf(out)],
        [
          "SIP peers: warning: 0.0.0.0/0 lets in much of the world",
          "trunk carrier: address: problem: nowhere.invalid leads nowhere",
          "lists of Calls: problem: cannot be read: none.csv (no such file or directory)"
        ]
      )
    })
  )

  it.live("finds do-not-call lists that are too old for the law", () =>
    Effect.gen(function* () {
      const list = "numbers: [Phone], doNotCall: [{ file: tps.txt, name: TPS, source: TPS }]"
      const change: Change = (text) =>
        text
          .replace("numbers: [Phone]", list)
          .replace("mode: progressive", "mode: progressive\n    law: { profiles: [uk-ofcom-2017] }")
      const { code, out } = yield* examined(
        ["--json"],
        () => 200,
        change,
        (folder) => {
          const path = join(folder, "tps.txt")
          writeFileSync(path, "+441632960123\n")
          utimesSync(path, 1_700_000_000, 1_700_000_000)
        }
      )
      assert.strictEqual(code, 1)
      assert.include(findingsOf(out), "lists of Calls: problem: the do-not-call lists are older than the law allows")
    })
  )

  const speaking: Change = (text) =>
    text.replace(
      "mode: progressive",
      [
        "mode: predictive",
        "    record: true",
        "    holdMusic: { file: hold.wav }",
        "    abandonMessage: { text: Nobody was free. }"
      ].join("\n")
    )
  it.live("tries what is to be heard, and where recordings go", () =>
    Effect.gen(function* () {
      const { out } = yield* examined(
        ["--json"],
        () => 200,
        speaking,
        (folder) => {
          mkdirSync(join(folder, "prompts"))
          writeFileSync(join(folder, "prompts", "hold.wav"), wavOf(8_000, new Int16Array(800)))
        }
      )
      const found = findingsOf(out)
      assert.includeMembers(
        [...found],
        ["sound files: ok: 1 in prompts, all can be played", "spoken texts: ok: 1, by espeak-ng with the voice en-gb"]
      )
      assert.isTrue(found.some((each) => /^disk of recordings: ok: recordings can .* hours of recorded/.test(each)))
    })
  )
  it.live("finds sound that cannot be played, voices nobody has, and a store that is none", () =>
    Effect.gen(function* () {
      const change: Change = (text) => speaking(`prompts: { voice: xx-nobody }\n${text}`)
      const { code, out } = yield* examined(
        ["--json"],
        () => 200,
        change,
        (folder) => {
          writeFileSync(join(folder, "outpace.sqlite"), "x".repeat(4_096))
        }
      )
      assert.strictEqual(code, 1)
      assert.includeMembers(
        [...findingsOf(out)],
        [
          "sound file hold.wav: problem: prompts/hold.wav: no such file or directory",
          "spoken texts: problem: espeak-ng has no voice xx-nobody",
          "store: problem: outpace.sqlite is no SQLite file, or damaged"
        ]
      )
    })
  )

  it.live("leaves a store alone that a floor has open", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const carrier = yield* answeringTrunk(() => ({ status: 200 }))
        writeFloor(folder, carrier.address, yield* freePort("127.0.0.1"))
        const { out } = yield* runCli(["doctor", "--json"], folder, unicode).pipe(
          Effect.provide(layer(join(folder, "outpace.sqlite")))
        )
        assert.include(findingsOf(out), "store: warning: outpace.sqlite is in use and was not checked")
      })
    )
  )

  it.live("finds that erased people are known by their secret, or are not any more", () =>
    withFiles(
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const carrier = yield* answeringTrunk(() => ({ status: 200 }))
        writeFloor(folder, carrier.address, yield* freePort("127.0.0.1"))
        const store = join(folder, "outpace.sqlite")
        const number = "+442079460999" as E164
        yield* Effect.andThen(
          askErasure([number], false, 0),
          eraseDue({ path: store, now: 0, who: "ann", endsWrapUps: true, recordings: null })
        ).pipe(Effect.provide(layerFloor(store)))
        const about = Effect.map(runCli(["doctor", "--json"], folder, unicode), ({ out }) =>
          findingsOf(out).filter((each) => each.startsWith("erased people"))
        )
        assert.deepStrictEqual(yield* about, [
          "erased people: ok: their numbers (1) are known by outpace.sqlite.secret"
        ])
        rmSync(`${store}.secret`)
        assert.deepStrictEqual(yield* about, [
          "erased people: warning: Of 1 number of erased people 1 cannot be told any more: there is no " +
            "outpace.sqlite.secret. A list that has them brings these people back, and they are called."
        ])
      })
    )
  )

  it.live("shows what is wrong with the configuration, and tries nothing else", () =>
    Effect.gen(function* () {
      const { code, out } = yield* examined(
        [],
        () => 200,
        (text) => text.replace("linesMax: 10", "linesMax: 0")
      )
      assert.strictEqual(code, 1)
      const lines = out.split("\n")
      assert.strictEqual(lines[0], "  ✗ configuration  outpace.yaml cannot be used: one problem.")
      assert.include(lines, "  found:   0")
      assert.deepStrictEqual(lines.slice(-4), [
        "                   → Repair outpace.yaml; nothing else was tried.",
        "",
        "1 problem, no warnings.",
        ""
      ])
    })
  )
})
