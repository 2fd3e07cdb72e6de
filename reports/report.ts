import type { Result } from "../sim/experiments/Result.ts"
import { abandonDay } from "./abandonDay.ts"
import { agentDay } from "./agentDay.ts"
import { answerWait } from "./answerWait.ts"
import { attemptOutcomes } from "./attemptOutcomes.ts"
import { bounds } from "./bounds.ts"
import { callDay } from "./callDay.ts"
import { callResults } from "./callResults.ts"
import { ceilings } from "./ceilings.ts"
import { lawIntroduction, noLaw, ruleTables } from "./compliance.ts"
import type { Figure } from "./Figure.ts"
import { clock, count, duration, none } from "./format.ts"
import { frontier } from "./frontier.ts"
import { heldBack, heldSentence } from "./heldBack.ts"
import { html, type Html } from "./html.ts"
import { idleWait } from "./idleWait.ts"
import { inboundResults } from "./inbound.ts"
import { knob } from "./knob.ts"
import { listTiles, retrySentence } from "./listState.ts"
import { factsHtml, page, paragraph, present, type Section } from "./page.ts"
import { type Renderer, withRenderer } from "./render.ts"
import { definitions, reproduce } from "./reproduce.ts"
import { attemptsByNumber, penetrationSentences } from "./retries.ts"
import { safer } from "./safer.ts"
import { sensitivity } from "./sensitivity.ts"
import { replicationsOf, settingsTable } from "./settingsTable.ts"
import { agentsOf, type ReportInput, subject, type Subject } from "./Subject.ts"
import { teamSize } from "./teamSize.ts"
import { headTiles, tilesHtml } from "./tiles.ts"

const sections = (of: Subject, { figure }: Renderer): ReadonlyArray<Section> => {
  const draw = (...figures: ReadonlyArray<Figure | null>): ReadonlyArray<Html> => present(figures).map(figure)
  const all: ReadonlyArray<Section> = [
    { id: "choice", title: "The choice", parts: draw(frontier(of), knob(of)) },
    { id: "day", title: "The day", parts: draw(agentDay(of), callDay(of), abandonDay(of)) },
    { id: "waiting", title: "Waiting", parts: draw(idleWait(of), answerWait(of)) },
    {
      id: "list",
      title: "Calls and list",
      parts:
        of.main === null
          ? []
          : [
              tilesHtml(listTiles(of)),
              ...present([paragraph(retrySentence(of.attempts))]),
              ...draw(attemptOutcomes(of))
            ]
    },
    { id: "results", title: "What came of it", parts: callResults(of) },
    { id: "inbound", title: "People who called", parts: inboundResults(of) },
    {
      id: "compliance",
      title: "Compliance",
      parts: present([noLaw(of), lawIntroduction(of), ...draw(ceilings(of)), ...ruleTables(of)])
    },
    { id: "held", title: "Held back", parts: present([heldSentence(of), ...draw(heldBack(of))]) },
    {
      id: "retries",
      title: "Retries and penetration",
      parts: present([penetrationSentences(of), ...draw(attemptsByNumber(of))])
    },
    {
      id: "certainty",
      title: "How sure, and what if",
      parts: [...present([safer(of)]), ...draw(sensitivity(of), teamSize(of), bounds(of))]
    },
    { id: "settings", title: "All settings", parts: of.result.settings.length === 0 ? [] : [settingsTable(of)] },
    { id: "definitions", title: "What each number means", parts: [definitions()] },
    { id: "reproduce", title: "How to get these numbers again", parts: [reproduce(of.result)] }
  ]
  return all.filter(({ parts }) => parts.length > 0)
}

const facts = (of: Subject): Html => {
  const { result } = of
  const { day } = result.scenario
  const agents = agentsOf(of)
  const pairs: ReadonlyArray<readonly [string, string]> = [
    ["Campaign", result.campaign],
    ["Agents", agents === 0 ? "none" : count(agents)],
    [
      "Day",
      `${clock(day.startMinutes)} to ${clock(day.startMinutes + day.lengthMillis / 60_000)} (${duration(day.lengthMillis)})`
    ],
    ["Settings", count(result.settings.length)],
    ["Replications", result.settings.length === 0 ? none : replicationsOf(result.settings)],
    ["Seed", result.seed],
    ["Version", result.version]
  ]
  return factsHtml(pairs)
}

const kinds = { simulate: "Rehearsal", tune: "Tuning before launch", compare: "Comparison of settings" } as const

const advice = (of: Subject): Html => {
  const { recommendation } = of.result
  const sentences = recommendation?.sentences ??
    of.result.comparison?.sentences ?? [
      of.main === null
        ? "Nothing was simulated."
        : `This report shows ${of.main.setting.label}. The run was not asked for a recommendation.`
    ]
  return html`<section class="advice" aria-label="${recommendation === null ? "What this is" : "Recommendation"}">
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
  </section>`
}

const rangeNote = ({ main }: Subject): string =>
  main === null || main.replications < 2
    ? "One simulated shift has no interval: another one may differ."
    : `Figures of ${main.setting.label}; ranges are 95 % intervals over ${count(main.replications)} simulated shifts.`

const bySpread = ({ settings }: Result): boolean => settings.some(({ overLimit }) => overLimit.bySpread === true)

/** Agents have one day, whatever campaign they work for. */
const sharedNote = ({ campaign, result }: Subject): string => {
  const groups = new Set(campaign?.settings.groups)
  const others = result.scenario.campaigns
    .filter((one) => one !== campaign && one.settings.groups.some((name) => groups.has(name)))
    .map(({ settings }) => settings.name)
  return others.length === 0
    ? ""
    : ` Agents also work for ${others.join(", ")}: their occupancy and talk are of all their work, connects and calls of ${result.campaign} alone.`
}

const stopped = (finished: boolean): Html | null =>
  finished
    ? null
    : html`<p class="banner" role="note">
        <strong>Stopped early.</strong> The run did not finish: the figures are complete for the replications they name,
        but fewer than planned, and settings may be missing.
      </p>`

/**
 * The report of one run: one HTML file that needs nothing else. The same input gives the same bytes. `attempts` and
 * `spans` are those of the recorded replication (`result.recordedKey`); both may be empty.
 */
export const report = (input: ReportInput): string => {
  const of = subject(input)
  const { result } = of
  const { name, description } = result.scenario
  const tiles = headTiles(of)
  return page({
    title: `${name}: ${kinds[result.kind]}`,
    kind: kinds[result.kind],
    name,
    header: [paragraph(description), facts(of), stopped(result.finished)],
    summary: advice(of),
    tiles: tiles.length === 0 ? null : tilesHtml(tiles),
    note: `${rangeNote(of)}${sharedNote(of)}`,
    sections: withRenderer((renderer) => sections(of, renderer)),
    footer: [
      html`Simulated with Outpace ${result.version}, seed ${result.seed}. Intervals are 95 % over replications (Student`,
      html`t); chances carry Wilson`,
      html`intervals${bySpread(of.result) ? ", or, where shifts are large, exact ones told from their spread" : ""}. The`,
      html`whole day is counted, start and end included.`
    ]
  })
}
