import { assert, describe, it } from "@effect/vitest"
import {
  chance,
  clock,
  count,
  decimal,
  duration,
  figure,
  interval,
  percent,
  percentTick,
  plusMinus,
  seconds,
  signedPoints,
  styleOf
} from "../../reports/format.ts"
import { html, raw } from "../../reports/html.ts"
import { along, placeLabels } from "../../reports/labels.ts"
import { commandLine } from "../../reports/reproduce.ts"
import { csv, csvUri, tableHtml, type Table } from "../../reports/Table.ts"
import { roundUp, thin } from "../../reports/drawing.ts"
import { tuned } from "./fixture.ts"

const nan = Number.NaN

describe("figures in words", () => {
  it("carry their unit, and a dash where there is none", () => {
    assert.deepStrictEqual(
      [
        percent(0.1234),
        percent(nan),
        seconds(4.53),
        seconds(81),
        seconds(0),
        count(12_345.6),
        decimal(-0.001, 1),
        decimal(-1.25, 2),
        percentTick(0.005)
      ],
      ["12.3\u00a0%", "–", "4.5\u00a0s", "81\u00a0s", "0\u00a0s", "12,346", "0.0", "−1.25", "0.5"]
    )
    assert.deepStrictEqual(
      [signedPoints(0.195), signedPoints(-0.02), signedPoints(0)],
      ["+19.5\u00a0points", "−2.0\u00a0points", "0.0\u00a0points"]
    )
    assert.deepStrictEqual(
      [clock(545), clock(1_500), duration(27_000_000), duration(1_800_000)],
      ["09:05", "01:00", "7\u00a0h 30\u00a0min".replace(" ", "\u00a0"), "30\u00a0min"]
    )
  })

  it("show intervals where there are some", () => {
    const style = styleOf("abandonRate")
    assert.strictEqual(figure(0.0228, style), "2.28\u00a0%")
    assert.strictEqual(interval({ low: 0.0211, high: 0.0245 }, style), "2.11 to 2.45\u00a0%")
    assert.strictEqual(interval({ low: nan, high: nan }, style), "")
    assert.strictEqual(
      plusMinus({ mean: 0.877, low: 0.873, high: 0.881, n: 20 }, styleOf("occupancy")),
      "87.7\u00a0±\u00a00.4"
    )
    assert.strictEqual(plusMinus({ mean: 0.877, low: nan, high: nan, n: 1 }, styleOf("occupancy")), "87.7")
    assert.strictEqual(plusMinus({ mean: nan, low: nan, high: nan, n: 0 }, styleOf("occupancy")), "–")
    assert.strictEqual(
      chance({ successes: 2, n: 40, share: 0.05, low: 0.014, high: 0.165 }),
      "5.0\u00a0% (1.4 to 16.5\u00a0%), 2 of 40 shifts"
    )
  })
})

describe("markup", () => {
  it("escapes what is put in, unless it is markup of ours", () => {
    assert.strictEqual(
      html`<p title="${`"'&`}">${"<script>"}${raw("<b>1</b>")}${null}${2}</p>`.text,
      `<p title="&quot;&#39;&amp;">&lt;script&gt;<b>1</b>2</p>`
    )
  })

  it("keeps a number and its percent sign on one line", () => {
    assert.strictEqual(html`<p>${"at 2.5 %"}</p>`.text, "<p>at 2.5\u00a0%</p>")
  })
})

describe("tables", () => {
  const table: Table = {
    columns: [
      { name: "setting", label: "Setting" },
      { name: "rate", label: "Rate", show: (value) => percent(value) }
    ],
    rows: [
      ['a, "b"', 0.1],
      ["=1+1", nan],
      ["#1", null]
    ]
  }

  it("are CSV with quotes where needed, raw numbers and no formulas", () => {
    assert.strictEqual(csv(table), `setting,rate\r\n"a, ""b""",0.1\r\n'=1+1,\r\n#1,\r\n`)
  })

  it("give the same bytes back from the link", () => {
    const [head, body] = csvUri(table).split(",%EF%BB%BF")
    assert.strictEqual(head, "data:text/csv;charset=utf-8")
    assert.notInclude(body, "#")
    assert.strictEqual(decodeURIComponent(body), csv(table))
  })

  it("are shown formatted, numbers to the right", () => {
    const text = tableHtml(table, "Rates").text
    assert.include(text, `<td class="n">10.0\u00a0%</td>`)
    assert.include(text, `<td class="n">–</td>`)
    assert.include(text, "Rates")
  })
})

describe("drawing helpers", () => {
  it("round an axis up", () => {
    assert.deepStrictEqual([0.043, 0.12, 1, 81, 0, nan].map(roundUp), [0.05, 0.15, 1, 100, 1, 1])
  })

  it("thin a line and keep its ends", () => {
    assert.deepStrictEqual(thin([0, 1, 2, 3, 4, 5, 6, 7, 8], 3), [0, 4, 8])
    assert.deepStrictEqual(thin([1, 2], 3), [1, 2])
  })

  it("put names beside points, off other names and lines, inside the frame", () => {
    const frame = { left: 0, top: 0, right: 300, bottom: 100 }
    const line = along([
      { x: 100, y: 50 },
      { x: 300, y: 50 }
    ])
    const [first, second, third] = placeLabels(
      [
        { text: "first", points: [{ x: 100, y: 50 }] },
        { text: "second", points: [{ x: 100, y: 50 }] },
        { text: "third", points: [{ x: 299, y: 20 }] }
      ],
      line,
      frame
    )
    assert.strictEqual(first.anchor, "end")
    assert.notDeepEqual([second.dx, second.dy], [first.dx, first.dy])
    assert.strictEqual(third.anchor, "end")
  })
})

describe("the command line", () => {
  it("names kind, seed and what was asked for, and quotes what a shell would read", () => {
    assert.strictEqual(commandLine(tuned()), "outpace tune scenario.yaml --seed 42")
    assert.strictEqual(
      commandLine({ ...tuned(), seed: "it's; rm", options: ["--replications", "20", "--campaign", "a b"] }),
      `outpace tune scenario.yaml --seed 'it'\\''s; rm' --replications 20 --campaign 'a b'`
    )
  })
})
