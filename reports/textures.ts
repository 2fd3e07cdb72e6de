import { html, type Html, raw } from "./html.ts"

type Weave = "solid" | "rising" | "falling" | "cross" | "dots" | "lines" | "bars" | "empty"

/** Fill of every state and outcome: a colour and a weave, so that areas are told apart in grey, too. */
const textures: ReadonlyArray<{ readonly key: string; readonly color: string; readonly weave: Weave }> = [
  { key: "talk", color: "--blue", weave: "solid" },
  { key: "hold", color: "--blue", weave: "cross" },
  { key: "wrap", color: "--purple", weave: "rising" },
  { key: "preview", color: "--teal", weave: "dots" },
  { key: "reserved", color: "--olive", weave: "lines" },
  { key: "ready", color: "--orange", weave: "falling" },
  { key: "paused", color: "--grey", weave: "empty" },
  { key: "placed", color: "--grey", weave: "empty" },
  { key: "answered", color: "--blue", weave: "solid" },
  { key: "connected", color: "--blue", weave: "solid" },
  { key: "scripted", color: "--teal", weave: "solid" },
  { key: "abandoned", color: "--limit", weave: "cross" },
  { key: "waiting", color: "--orange", weave: "rising" },
  { key: "machine", color: "--purple", weave: "dots" },
  { key: "busy", color: "--olive", weave: "bars" },
  { key: "no-answer", color: "--grey", weave: "empty" },
  { key: "other", color: "--grey", weave: "falling" }
]

const strokes: Readonly<Record<Weave, { readonly path: string; readonly ground: number }>> = {
  solid: { path: "", ground: 0.8 },
  rising: { path: "M-1 1L1 -1M0 6L6 0M5 7L7 5", ground: 0.16 },
  falling: { path: "M-1 5L1 7M0 0L6 6M5 -1L7 1", ground: 0.1 },
  cross: { path: "M0 6L6 0M0 0L6 6", ground: 0.3 },
  dots: { path: "M1.5 1.5h.01M4.5 4.5h.01", ground: 0.14 },
  lines: { path: "M0 1.5h6M0 4.5h6", ground: 0.1 },
  bars: { path: "M1.5 0v6M4.5 0v6", ground: 0.14 },
  empty: { path: "", ground: 0.16 }
}

/** Definitions the drawings point to as `url(#t-…)`; once a page. */
export const texturesHtml = (): Html =>
  html`<svg width="0" height="0" style="position:absolute" aria-hidden="true">
    <defs>
      ${textures.map(({ key, color, weave }) => {
        const { path, ground } = strokes[weave]
        const width = weave === "dots" ? 2 : 1.2
        const line =
          path === "" ? "" : `<path d="${path}" stroke="var(${color})" stroke-width="${width}" stroke-linecap="round"/>`
        return raw(
          `<pattern id="t-${key}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--paper)"/><rect width="6" height="6" fill="var(${color})" fill-opacity="${ground}"/>${line}</pattern>`
        )
      })}
    </defs>
  </svg>`
