import type { Result } from "../sim/experiments/Result.ts"
import { measures } from "../src/domain/measures.ts"
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
const word = (text: string): string => (/^[\w.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** The command that makes the same numbers again, from the scenario saved beside it. */
export const commandLine = (result: Result): string => {
  const replications = Math.max(0, ...result.settings.map((setting) => setting.replications))
  return [
    "outpace",
    result.kind,
    "scenario.yaml",
    "--seed",
    word(result.seed),
    "--replications",
    String(replications)
  ].join(" ")
}

export const reproduce = (result: Result): Html => {
  const uri = `data:application/yaml;charset=utf-8,${encodeURIComponent(result.scenarioText)}`
  return html`<p>Save the scenario as <code>scenario.yaml</code> and run with version ${result.version}:</p>
    <pre class="command"><code>${commandLine(result)}</code></pre>
    <p>
      The same version, scenario and seed give the same numbers to the last digit. Every customer and every agent has an
      own stream of chance, so settings differ only in what the dialler did.
    </p>
    <details>
      <summary>The scenario file</summary>
      <pre>${raw(escapeHtml(result.scenarioText))}</pre>
    </details>
    <p class="links"><a href="${uri}" download="scenario.yaml">scenario.yaml</a></p>`
}
