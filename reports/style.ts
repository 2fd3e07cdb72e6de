const light = `
  --paper: #ffffff; --ink: #1c2530; --soft: #55606e; --line: #d9dee4; --wash: #f4f6f8; --accent: #0b5cad;
  --blue: #1f6fb8; --orange: #b85c00; --green: #23803f; --purple: #7d4aa8; --red: #b3366b; --teal: #0d7f86;
  --brown: #8a5a2b; --grey: #76808c; --olive: #6d7414; --limit: #c02a1d; --good: #1d7a3a; --hit: transparent;`

const dark = `
  --paper: #14191f; --ink: #e6eaef; --soft: #a3adb9; --line: #333c46; --wash: #1c232b; --accent: #7db8f2;
  --blue: #6fb1ee; --orange: #f0a35a; --green: #74c98a; --purple: #c39be6; --red: #f08cb5; --teal: #5fc8cd;
  --brown: #d3a878; --grey: #97a2af; --olive: #c0c866; --limit: #ff8a7a; --good: #74c98a;`

/** The whole appearance. Print is always light; colours are variables, which the drawings use, too. */
export const style = `
:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums }
main, header { max-width: 912px; margin: 0 auto; padding: 0 36px }
header { padding-top: 40px }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 6px; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere }
.note { font-size: 13px; color: var(--soft); margin: -20px 0 28px }
h2 { font-size: 21px; line-height: 1.25; margin: 52px 0 16px; padding-top: 20px; border-top: 1px solid var(--line); font-weight: 650 }
h3 { font-size: 16px; margin: 0 0 6px; font-weight: 650 }
h4 { font-size: 14px; margin: 0 0 2px; font-weight: 600 }
p { margin: 0 0 12px; max-width: 70ch }
a { color: var(--accent) }
.eyebrow { color: var(--soft); font-size: 14px; margin: 0 0 4px }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 14px 0 0; padding: 0; font-size: 14px }
.facts div { display: flex; gap: 6px } .facts dt { color: var(--soft) } .facts dd { margin: 0; overflow-wrap: anywhere }
nav { margin: 18px 0 0; font-size: 14px } nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px }
.banner { border: 1px solid var(--limit); border-left-width: 6px; padding: 10px 14px; margin: 20px 0 0; max-width: none }
.advice { background: var(--wash); border-left: 4px solid var(--accent); padding: 16px 20px; margin: 28px 0 24px }
.advice p:first-of-type { font-size: 19px; line-height: 1.4; font-weight: 600; max-width: none; text-wrap: balance }
.advice p:last-child { margin-bottom: 0 }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(152px, 1fr)); gap: 0 1px; margin: 1px 1px 28px }
.tiles > div { outline: 1px solid var(--line); padding: 12px 14px; min-width: 0; display: grid; grid-row: span 2; grid-template-rows: subgrid; margin-bottom: 1px }
.tiles dt { font-size: 14px; color: var(--soft); line-height: 1.3 }
.tiles dd { margin: 4px 0 0 } .tiles strong { display: block; font-size: 27px; line-height: 1.2; font-weight: 650; letter-spacing: -.01em }
.tiles span { display: block; font-size: 13px; line-height: 1.4 }
.tiles small { display: block; font-size: 12px; line-height: 1.35; color: var(--soft); margin-top: 6px }
.good { color: var(--good); font-weight: 600 } .bad { color: var(--limit); font-weight: 600 }
figure { margin: 0 0 40px; padding: 0 }
figcaption { font-size: 14px; color: var(--soft); max-width: 90ch; margin: 2px 0 4px }
.panels { display: flex; flex-wrap: wrap; gap: 14px 20px } .panel { flex: 0 1 0 }
.draw, .wide { overflow-x: auto; max-width: 100% }
svg.plot { display: block; max-width: 100%; height: auto; font: 12px "Segoe UI", "Helvetica Neue", Arial, sans-serif; overflow: visible; --plot-background: var(--paper) }
svg.plot text { white-space: pre }
svg.plot [aria-label$="grid"] { stroke: var(--ink); stroke-opacity: .11 }
svg.plot [aria-label$="tick label"], svg.plot [aria-label$="axis label"] { fill: var(--soft) }
svg.plot text[stroke], svg.plot g[stroke] > text { paint-order: stroke }
svg.plot:focus-visible, .wide:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px }
.on { stroke: var(--ink); stroke-width: 1.5px } .hit .on { fill: var(--ink); fill-opacity: .1; stroke: none }
.legend { list-style: none; margin: 2px 0 6px; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--soft) }
.legend li { display: flex; align-items: center; gap: 6px } svg.swatch { display: block; overflow: visible; flex: none }
table { border-collapse: collapse; font-size: 13px; line-height: 1.35 }
caption { text-align: left; color: var(--soft); padding: 0 0 8px; font-size: 13px }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400 }
thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; line-height: 1.25 } thead small { display: block; font-weight: 400 }
.n { text-align: right; white-space: nowrap } thead .n { white-space: normal } th:last-child, td:last-child { padding-right: 0 }
.settings { width: 100%; font-size: 12px } .settings td, .settings th { padding-right: 6px } .settings tbody th { min-width: 120px; position: sticky; left: 0; background: var(--paper) }
.settings .main th, .settings .main td { font-weight: 650; background: var(--wash) } .mark { display: block; font-weight: 400; color: var(--soft) }
details { margin: 4px 0 } summary { cursor: pointer; font-size: 13px; color: var(--soft) }
.data { display: inline-block; vertical-align: top; max-width: 100% } .data[open] { display: block } .data .wide { max-height: 420px; overflow: auto; margin-top: 8px }
.links { font-size: 13px; margin: 4px 0 0; color: var(--soft) } .data + .links { display: inline-block; margin-left: 18px }
.definitions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 0 32px; margin: 0; font-size: 14px }
.definitions div { padding: 6px 0; border-bottom: 1px solid var(--line) } .definitions dt { font-weight: 600 } .definitions dd { margin: 0; color: var(--soft) }
pre { font: 13px/1.45 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; overflow-x: auto; background: var(--wash); padding: 12px 14px; margin: 8px 0 12px }
.command { white-space: pre-wrap; overflow-wrap: anywhere }
#tip { position: absolute; z-index: 1; max-width: 300px; padding: 7px 10px; background: var(--ink); color: var(--paper); font-size: 13px; line-height: 1.4; white-space: pre-line; pointer-events: none; border-radius: 3px }
footer { max-width: 912px; margin: 56px auto 40px; padding: 14px 36px 0; font-size: 13px; color: var(--soft) }
.skip { position: absolute; left: -9999px } .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 6px 10px }
@media (max-width: 640px) {
  main, header, footer { padding-left: 16px; padding-right: 16px } header { padding-top: 24px } h1 { font-size: 23px } h2 { margin-top: 44px }
  svg.plot[width="840"] { width: 740px; max-width: none } .tiles { grid-template-columns: repeat(2, 1fr) } .tiles strong { font-size: 22px }
}
@page { size: A4; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Arial, sans-serif; color: #55606e } }
@media print {
  body { font-size: 10pt; line-height: 1.4 } main, header, footer { max-width: none; padding: 0 } header { padding-top: 0 }
  nav, .data, .links, .data + .links, #tip, .skip { display: none } h1 { font-size: 18pt } h2 { font-size: 14pt; margin: 14pt 0 6pt; padding-top: 6pt; break-after: avoid }
  h3, .legend { break-after: avoid } figure, .tiles, .advice, tr, .definitions div { break-inside: avoid } figure { margin-bottom: 16pt } .facts { font-size: 8.5pt; margin-top: 6pt }
  #knob { break-inside: auto } .panel { break-inside: avoid } .half { max-width: calc(50% - 10px) !important }
  svg.plot { width: 100%; max-width: 100% } #frontier svg.plot { width: 88% } #reproduce { break-inside: avoid } .draw, .wide { overflow: visible }
  .tiles { grid-template-columns: repeat(5, 1fr) } .tiles strong { font-size: 15pt } .tiles > div { padding: 6pt 7pt } .tiles dt, .tiles span { font-size: 8pt } .tiles small { font-size: 7pt }
  .advice { padding: 8pt 12pt; margin: 12pt 0 } .advice p { margin-bottom: 4pt; max-width: none } .advice p:first-of-type { font-size: 12pt } .tiles { margin-bottom: 20pt } .note { margin: -14pt 0 6pt } figcaption, .legend, caption { font-size: 8.5pt } table { font-size: 8pt } .settings { font-size: 7pt } .settings td, .settings th { padding-right: 5px }
  .definitions { grid-template-columns: 1fr 1fr; font-size: 8pt } .definitions div { padding: 3pt 0 } pre { font-size: 8pt; white-space: pre-wrap } a { color: inherit; text-decoration: none }
}
`
