import { createHash } from "node:crypto"
import { hover } from "./hover.ts"
import { html, type Html, raw } from "./html.ts"
import { style } from "./style.ts"
import { svgExport } from "./svgExport.ts"
import { texturesHtml } from "./textures.ts"

/** A chapter of a report. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Empty sections are left out. */
  readonly parts: ReadonlyArray<Html>
}

export const present = <Value>(parts: ReadonlyArray<Value | null>): ReadonlyArray<Value> =>
  parts.filter((part) => part !== null)

export const paragraph = (text: string): Html | null => (text === "" ? null : html`<p>${text}</p>`)

/** Names and values in a row. */
export const factsHtml = (pairs: ReadonlyArray<readonly [string, string]>): Html =>
  html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`
    )}
  </dl>`

const script = hover + svgExport

/** Scripts and styles are ours alone and nothing may be loaded: markup smuggled into a name could not do anything. */
const policy = (): string => {
  const hash = createHash("sha256").update(script).digest("base64")
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}

/** All that stands on a page. */
export interface Page {
  /** For the tab of a browser. */
  readonly title: string
  /** What kind of report it is, over its name. */
  readonly kind: string
  readonly name: string
  readonly header: ReadonlyArray<Html | null>
  /** What is to be known first. */
  readonly summary: Html
  readonly tiles: Html | null
  /** Below the tiles. */
  readonly note: string
  readonly sections: ReadonlyArray<Section>
  /** Line by line. */
  readonly footer: ReadonlyArray<Html>
}

/** One HTML file that needs nothing else. */
export const page = ({ footer, header, kind, name, note, sections, summary, tiles, title }: Page): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <title>${title}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>${texturesHtml()}
        <header>
          <p class="eyebrow">${kind}</p>
          <h1>${name}</h1>
          ${present(header)}
          <nav aria-label="Contents">
            <ol>
              ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ol>
          </nav>
        </header>
        <main id="main">
          ${summary}${
            tiles === null
              ? null
              : html`${tiles}
                  <p class="note">${note}</p>`
          }
          ${sections.map(
            ({ id, title, parts }) =>
              html`<section id="${id}">
                <h2>${title}</h2>
                ${parts}
              </section> `
          )}
        </main>
        <footer>${footer.map((line) => raw(`\n          ${line.text}`))}${raw("\n        ")}</footer>
        ${raw(`<script>${script}</script>`)}
      </body>
    </html> `.text
