import * as Plot from "@observablehq/plot"
import { Window } from "happy-dom"
import { half } from "./drawing.ts"
import type { Figure, Panel } from "./Figure.ts"
import { html, type Html, raw } from "./html.ts"
import { svgText } from "./svgText.ts"
import { swatch } from "./swatch.ts"
import { csvUri, tableHtml } from "./Table.ts"

/** Turns the figures of one report into markup. */
export interface Renderer {
  readonly figure: (figure: Figure) => Html
}

const draw = (options: Plot.PlotOptions, label: string, document: Document): string => {
  const element = Plot.plot({ ...options, document })
  element.setAttribute("role", "img")
  element.setAttribute("aria-label", label)
  element.removeAttribute("font-family")
  element.removeAttribute("font-size")
  return svgText(element)
}

const width = (panel: Panel): number => panel.plots[0]?.width ?? 0

const figureHtml = (of: Figure, svg: (options: Plot.PlotOptions, label: string) => Html, document: Document): Html => {
  const legend = of.legend.map((item) => html`<li>${swatch(item, document)}${item.label}</li>`)
  const panels = of.panels.map((panel) => {
    const label = `${panel.title ?? of.title}. ${of.alt}`
    return html`<div
      class="${width(panel) <= half ? "panel half" : "panel"}"
      style="flex-grow:${width(panel)};min-width:min(100%,${0.7 * width(panel)}px);max-width:${width(panel)}px"
    >
      ${panel.title === null ? null : html`<h4>${panel.title}</h4>`}
      <div class="draw">${panel.plots.map((options) => svg(options, label))}</div>
    </div>`
  })
  return html`<figure id="${of.id}">
    <h3>${of.title}</h3>
    ${
      legend.length === 0
        ? null
        : html`<ul class="legend">
            ${legend}
          </ul>`
    }
    <div class="panels">${panels}</div>
    <figcaption>${of.caption}</figcaption>
    <details class="data">
      <summary>Data of this chart as a table</summary>
      <div class="wide">${tableHtml(of.table, of.title)}</div>
    </details>
    <p class="links"><a href="${csvUri(of.table)}" download="${of.id}.csv" aria-label="CSV: ${of.title}">CSV</a></p>
  </figure> `
}

/**
 * Drawings are made with a document of their own, closed at the end. Plot numbers its clip paths and markers
 * through the life of the process; here they are numbered through the report, so that the same input gives the same bytes.
 */
export const withRenderer = <Value>(use: (renderer: Renderer) => Value): Value => {
  const window = new Window()
  const document = window.document as unknown as Document
  const names = new Map<string, string>()
  const renamed = (_: string, before: string, id: string): string => {
    const name = names.get(id) ?? `part-${names.size + 1}`
    names.set(id, name)
    return before + name
  }
  const svg = (options: Plot.PlotOptions, label: string): Html =>
    raw(draw(options, label, document).replace(/( id="|url\(#)(plot-[a-z]+-\d+)/g, renamed))
  try {
    return use({ figure: (of) => figureHtml(of, svg, document) })
  } finally {
    window.close()
  }
}
