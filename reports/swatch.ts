import * as Plot from "@observablehq/plot"
import type { LegendItem } from "./Figure.ts"
import { escapeHtml, type Html, raw } from "./html.ts"
import { svgText } from "./svgText.ts"

const line = (look: Extract<LegendItem, { kind: "line" }>["look"], document: Document): Html => {
  const { color, dash, symbol } = look
  const drawn = Plot.plot({
    document,
    width: 40,
    height: 14,
    margin: 0,
    className: "swatch",
    axis: null,
    x: { domain: [0, 2] },
    y: { domain: [0, 2] },
    marks: [
      Plot.link([0], { x1: 0, x2: 2, y1: 1, y2: 1, stroke: color, strokeWidth: 2, strokeDasharray: dash }),
      symbol === null
        ? null
        : Plot.dot([0], { x: () => 1, y: () => 1, symbol, r: 4, fill: color, stroke: "var(--paper)" })
    ]
  })
  drawn.setAttribute("aria-hidden", "true")
  drawn.removeAttribute("font-family")
  return raw(svgText(drawn))
}

/** The sample before a name in a legend. */
export const swatch = (item: LegendItem, document: Document): Html =>
  item.kind === "line"
    ? line(item.look, document)
    : raw(
        `<svg class="swatch" width="22" height="14" aria-hidden="true"><rect x=".5" y=".5" width="21" height="13" fill="${escapeHtml(item.fill)}" stroke="currentColor"/></svg>`
      )
