import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { E164 } from "../../../src/domain/Contact.ts"
import { callOf } from "../../../src/sip/trunks/callOf.ts"
import { decodeTrunks } from "../../../src/sip/trunks/decodeTrunks.ts"
import { failsOver } from "../../../src/sip/trunks/failsOver.ts"
import { formatNumber } from "../../../src/sip/trunks/NumberFormat.ts"
import { TrunkHealth } from "../../../src/sip/trunks/TrunkHealth.ts"
import { type CallerIdStyle, callerIdStyles, type TrunkData } from "../../../src/sip/trunks/TrunkSettings.ts"
import { sdp } from "../pair/pair.ts"
import { trunkOf } from "./trunkOf.ts"

const text = readFileSync(new URL("../../../docs/trunks.md", import.meta.url), "utf8")
/** Cells of the table whose first heading is this, without the heading. */
const table = (heading: string): ReadonlyArray<ReadonlyArray<string>> => {
  const [, , ...rows] = text
    .slice(text.indexOf(`| ${heading} |`))
    .split("\n\n")[0]
    .split("\n")
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""))
  )
}

describe("docs/trunks.md", () => {
  it("has an example that can be used as it stands", () => {
    const [, yaml] = /```yaml\n(.*?)```/s.exec(text) ?? []
    const { trunks } = parse(yaml) as { readonly trunks: unknown }
    const decoded = Result.getOrThrow(decodeTrunks(trunks))
    assert.deepStrictEqual(
      decoded.map(({ callsPerSecondMax, keepAliveSeconds, name, priority, register }) =>
        [name, priority, register, callsPerSecondMax, keepAliveSeconds].join(" ")
      ),
      ["north 1 true 5 30", "south 2 false 10 30", "west 3 false 1 0"]
    )
  })
  it("says how each format writes numbers", () => {
    const rows = table("format")
    assert.lengthOf(rows, 6)
    for (const [format, berlin, london] of rows) {
      const { calledNumbers } = trunkOf("north", { calledNumbers: parse(format) as TrunkData["calledNumbers"] & {} })
      const written = ["+4930901820", "+442079460000"].map((number) => formatNumber(E164.make(number), calledNumbers))
      assert.deepStrictEqual(written, [berlin, london], format)
    }
  })
  it("says where each style tells the caller", () => {
    const rows = table("callerIdStyle")
    assert.deepStrictEqual(
      rows.map(([style]) => style),
      [...callerIdStyles]
    )
    for (const [style, ...cells] of rows) {
      const trunk = trunkOf("north", { callerIdStyle: style as CallerIdStyle })
      const said = [false, true].flatMap((anonymous) => {
        const call = callOf(trunk, { number: E164.make("+442079460000"), sdp: sdp(4_000), anonymous })
        assert.strictEqual(call.anonymous === true, call.from === "sip:anonymous@anonymous.invalid")
        return [
          call.anonymous === true ? "anonymous" : "the number",
          call.identity === undefined ? "none" : "the number"
        ]
      })
      assert.deepStrictEqual(said, cells, style)
    }
  })
  it("says which failures lead to the next trunk", () => {
    const all = Array.from({ length: 400 }, (_, i) => 300 + i).filter(failsOver)
    const told = table("status").filter(([, , what]) => what === "next trunk")
    assert.deepStrictEqual(all, told.map(([status]) => Number(status)).sort())
  })
  it("says how long rests are", () => {
    const health = new TrunkHealth(false, 0, () => {})
    const rests: Array<number> = []
    for (let now = 1; rests.length < 7; now += 1e6) {
      health.callFailed(503, now, undefined, now)
      rests.push(((health.restUntil ?? now) - now) / 1_000)
      health.restOver(now + 200_000)
    }
    assert.include(text, `after ${rests.slice(0, 5).join(", ")} and then always ${rests[5]} s`)
    assert.strictEqual(rests[6], rests[5])
  })
})
