import * as Plot from "@observablehq/plot"
import type { Placed } from "./labels.ts"

export const wide = 840
export const half = 410

/** What all drawings share: size of text and margins fixed, labels plain, so that drawings line up. */
export const drawing = (options: Plot.PlotOptions): Plot.PlotOptions => ({
  width: wide,
  height: 300,
  marginTop: 28,
  marginRight: 24,
  marginBottom: 44,
  marginLeft: 48,
  className: "plot",
  ...options,
  x: { labelArrow: "none", labelAnchor: "right", tickSize: 4, labelOffset: 38, ...options.x },
  y: { labelArrow: "none", tickSize: 0, grid: true, ...options.y }
})

/** The legal limit: always dashed, always with its name in the margin. Nothing when the limit is unknown. */
export const limitX = (limit: number, label: string): ReadonlyArray<Plot.Markish> =>
  Number.isFinite(limit)
    ? [
        Plot.ruleX([limit], {
          stroke: "var(--limit)",
          strokeDasharray: "6 4",
          strokeWidth: 1.5,
          ariaDescription: "limit"
        }),
        Plot.text([limit], {
          x: (x: number) => x,
          frameAnchor: "top",
          dy: -14,
          text: () => label,
          fill: "var(--limit)",
          ariaDescription: "limit label"
        })
      ]
    : []

export const limitY = (limit: number, label: string): ReadonlyArray<Plot.Markish> =>
  Number.isFinite(limit)
    ? [
        Plot.ruleY([limit], {
          stroke: "var(--limit)",
          strokeDasharray: "6 4",
          strokeWidth: 1.5,
          ariaDescription: "limit"
        }),
        Plot.text([limit], {
          y: (y: number) => y,
          frameAnchor: "right",
          textAnchor: "start",
          dx: 6,
          text: () => label,
          fill: "var(--limit)",
          ariaDescription: "limit label"
        })
      ]
    : []

/** A text where `placeLabels` put it, in a drawing with these margins. */
export const placedText = (
  { text, x, y, dx, dy, anchor }: Placed,
  margin: { readonly left: number; readonly top: number },
  style: { readonly fill: string; readonly fontWeight: number }
): Plot.Markish =>
  Plot.text([text], {
    frameAnchor: "top-left",
    lineAnchor: "middle",
    dx: x + dx - margin.left,
    dy: y + dy - margin.top,
    textAnchor: anchor,
    stroke: "var(--paper)",
    strokeWidth: 4,
    ariaDescription: "label",
    ...style
  })

/** Unseen targets over points, wide enough for a finger; they carry the text shown on hover and on focus. */
export const hitDots = <Row>(
  rows: ReadonlyArray<Row>,
  options: { readonly x: (row: Row) => number; readonly y: (row: Row) => number; readonly title: (row: Row) => string }
): Plot.Markish =>
  Plot.dot(rows as Array<Row>, {
    ...options,
    r: 9,
    fill: "var(--hit)",
    stroke: "none",
    className: "hit",
    sort: null,
    clip: true
  })

/** Unseen targets over upright strips between `x1` and `x2`. */
export const hitStrips = <Row>(
  rows: ReadonlyArray<Row>,
  options: {
    readonly x1: (row: Row) => number
    readonly x2: (row: Row) => number
    readonly title: (row: Row) => string
  }
): Plot.Markish =>
  Plot.rect(rows as Array<Row>, { ...options, fill: "var(--hit)", className: "hit", insetLeft: 0, insetRight: 0 })

/** Unseen targets over the rows of a chart with categories on y. */
export const hitRows = <Row>(
  rows: ReadonlyArray<Row>,
  options: { readonly y: (row: Row) => string; readonly title: (row: Row) => string }
): Plot.Markish =>
  Plot.barX(rows as Array<Row>, { ...options, x1: null as never, fill: "var(--hit)", className: "hit" })

/** A round upper end for an axis: the first of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that holds `value`. */
export const roundUp = (value: number): number => {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(12))
}

/** A name for an axis, cut where its margin ends. */
export const shortened = (name: string, letters: number): string =>
  name.length <= letters ? name : `${name.slice(0, letters - 1).trimEnd()}…`

/** Up to `most` of `values`, evenly spread, first and last kept: a drawing does not get better above its pixels. */
export const thin = <Value>(values: ReadonlyArray<Value>, most: number): ReadonlyArray<Value> => {
  if (values.length <= most) return values
  const step = (values.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, i) => values[Math.round(i * step)])
}
