import type { Result } from "../sim/experiments/Result.ts"
import { measures } from "../src/domain/measures.ts"
import { count } from "./format.ts"
import { escapeHtml, html, type Html, raw } from "./html.ts"

/** What each number means, word for word as it is computed. */
export const definitions = (): Html =>
  html`<dl class="definitions">
    ${Object.values(measures).map(
      ({ label, definition }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${definition}</dd>
        </div>`
    )}
  </dl>`

/** A word of a command line, quoted where a shell would split or read it. */
export const shellWord = (text: string): string =>
  /^[\w.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The command that makes the same numbers again, from the scenario files saved beside it. */
export const commandLine = ({ comparison, kind, options = [], seed }: Result): string => {
  const files = comparison === undefined ? ["scenario.yaml"] : ["scenario.yaml", "second.yaml"]
  return ["outpace", kind, ...files, "--seed", ...[seed, ...options].map(shellWord)].join(" ")
}

const scenarioFile = (name: string, text: string): Html => {
  const uri = `data:application/yaml;charset=utf-8,${encodeURIComponent(text)}`
  return html`<details>
      <summary>${name}</summary>
      <pre>${raw(escapeHtml(text))}</pre>
    </details>
    <p class="links"><a href="${uri}" download="${name}">${name}</a></p>`
}

/** Lists that stand in files of their own, which are not in the report. */
const listFiles = ({ scenario }: Result): Html => {
  const files = new Map(
    scenario.campaigns.flatMap(({ list: { file } }) => (file === undefined ? [] : [[file.name, file]]))
  )
  if (files.size === 0) return html``
  return html`<p>The people to call are in files of their own, which must lie where the scenario names them:</p>
    <ul>
      ${[...files.values()].map(
        ({ contacts, name, rows, sha256 }) =>
          html`<li>
            <code>${name}</code>, ${count(contacts)} contacts of ${count(rows)} rows, SHA-256 <code>${sha256}</code>
          </li>`
      )}
    </ul>`
}

export const reproduce = (result: Result): Html => {
  const { comparison } = result
  return html`<p>Save the scenario as <code>scenario.yaml</code> and run with version ${result.version}:</p>
    <pre class="command"><code>${commandLine(result)}</code></pre>
    <p>
      The same version, scenario and seed give the same numbers to the last digit. Every customer and every agent has an
      own stream of chance, so settings differ only in what the dialler did.
    </p>
    ${listFiles(result)} ${scenarioFile("scenario.yaml", result.scenarioText)}
    ${comparison === undefined ? "" : scenarioFile("second.yaml", comparison.scenarioText)}`
}
