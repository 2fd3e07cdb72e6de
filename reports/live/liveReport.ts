import { answerWaitBinMillis, idleWaitBinMillis } from "../../src/domain/Counts.ts"
import { modes } from "../../src/domain/Mode.ts"
import { abandoned, attempts as attemptCount, connected, live } from "../../src/domain/measures.ts"
import { answerWaitFigure } from "../answerWait.ts"
import { attemptOutcomesFigure } from "../attemptOutcomes.ts"
import { shown } from "../callResults.ts"
import { ecdf, secondsAt } from "../ecdf.ts"
import type { Figure } from "../Figure.ts"
import { count, figure, interval, percent, styleOf } from "../format.ts"
import { html, type Html } from "../html.ts"
import { idleWaitFigure } from "../idleWait.ts"
import { retriesOf } from "../listState.ts"
import { factsHtml, page, present, type Section } from "../page.ts"
import { type Renderer, withRenderer } from "../render.ts"
import { definitions, shellWord } from "../reproduce.ts"
import { attemptNumbersFigure } from "../retries.ts"
import { tilesHtml } from "../tiles.ts"
import { dayFigures, dayTable } from "./liveDay.ts"
import { liveEstimates } from "./liveEstimates.ts"
import { figureHtml, outcomeHtml } from "./liveFigures.ts"
import { liveInbound } from "./liveInbound.ts"
import { brokenWindows, compliancePage, liveHeldBack } from "./liveLaw.ts"
import { liveResults } from "./liveResults.ts"
import type { LiveSubject } from "./LiveSubject.ts"
import { type LiveEstimates, limitWords, liveHeadTiles, liveListTiles } from "./liveTiles.ts"
import { daysOnRecord, timeWords } from "./localWords.ts"

const kind = "Live campaign"
const whose = "live calls of the reported time"

const waitFigures = (of: LiveSubject, estimates: LiveEstimates): ReadonlyArray<Figure> => {
  const idle = ecdf(of.counts.idleWaits, idleWaitBinMillis)
  const answered = ecdf(of.counts.answerWaits, answerWaitBinMillis)
  const look = { color: "var(--blue)", dash: "none", symbol: "circle" } as const
  const series = { label: "live", look, rows: idle, p50: secondsAt(idle, 0.5), p90: secondsAt(idle, 0.9) }
  const waited = answered.length > 0 && answered[0].share < 1 && modes[of.settings.mode].servedBy !== "script"
  return [
    ...(idle.length === 0 ? [] : [idleWaitFigure([series], whose)]),
    ...(waited
      ? [answerWaitFigure(answered, of.settings.waitMillisMax / 1_000, estimates.lateRate, `connected ${whose}`)]
      : [])
  ]
}

/** Attempts of this number and more are one bar. */
const attemptNumbersMax = 8

const attemptNumbers = ({ attempts }: LiveSubject): ReadonlyArray<Figure> => {
  const calls = new Array<number>(attemptNumbersMax).fill(0)
  for (const { attempt } of attempts) calls[Math.min(attemptNumbersMax, Math.max(1, attempt)) - 1] += 1
  const last = calls.findLastIndex((each) => each > 0)
  if (last < 0) return []
  const rows = calls.slice(0, last + 1).map((each, index) => ({
    number: index + 1,
    label: index + 1 < attemptNumbersMax ? String(index + 1) : `${attemptNumbersMax}+`,
    attempts: { mean: each, low: Number.NaN, high: Number.NaN, n: 1 },
    share: each / attempts.length
  }))
  const caption = "Live calls of the reported time that were a contact's first, second or later attempt."
  return [attemptNumbersFigure(rows, { axis: "Calls", caption, digits: 0, isCount: true })]
}

const listSentences = (of: LiveSubject): Html => {
  const { contactsAttempted, contactsLoaded, contactsReached } = of.list
  const { again, calls, scheduled } = retriesOf(of.attempts)
  const share = (part: number, whole: number): string => (whole > 0 ? ` (${percent(part / whole)})` : "")
  return html`<p>
    Of ${count(contactsLoaded)} contacts loaded up to the end of the time
    ${count(contactsAttempted)}${share(contactsAttempted, contactsLoaded)} have been called and
    ${count(contactsReached)}${share(contactsReached, contactsLoaded)} talked to. In the reported time
    ${count(again)}${share(again, calls)} of ${count(calls)} calls were second or later attempts; after
    ${count(scheduled)}${share(scheduled, calls)} the contact was put back to be called again.
    ${of.results.doNotCall > 0 ? `${count(of.results.doNotCall)} went on the do-not-call list.` : ""}
  </p>`
}

const sections = (of: LiveSubject, estimates: LiveEstimates, { figure: draw }: Renderer): ReadonlyArray<Section> => {
  const days = dayTable(of)
  const all: ReadonlyArray<Section> = [
    {
      id: "days",
      title: "Day by day",
      parts:
        days === null
          ? []
          : [
              shown(
                "day-by-day",
                "The days",
                days,
                `Local days of ${of.zone.id}; the charts below are of the last one.`
              )
            ]
    },
    { id: "day", title: days === null ? "The day" : "The last day", parts: dayFigures(of).map(draw) },
    { id: "waiting", title: "Waiting", parts: waitFigures(of, estimates).map(draw) },
    {
      id: "list",
      title: "Calls and list",
      parts: [
        tilesHtml(liveListTiles(estimates)),
        ...(of.attempts.length === 0 ? [] : [outcomeHtml(of), draw(attemptOutcomesFigure(of.attempts, whose))])
      ]
    },
    { id: "results", title: "What came of it", parts: liveResults(of) },
    { id: "inbound", title: "People who called", parts: liveInbound(of) },
    { id: "compliance", title: "Compliance", parts: present(compliancePage(of)) },
    { id: "held", title: "Held back", parts: present([liveHeldBack(of)]).map(draw) },
    { id: "retries", title: "Retries and penetration", parts: [listSentences(of), ...attemptNumbers(of).map(draw)] },
    { id: "figures", title: "All figures", parts: [figureHtml(estimates)] },
    { id: "definitions", title: "What each number means", parts: [definitions()] },
    { id: "again", title: "How to get these numbers again", parts: [again(of)] }
  ]
  return all.filter(({ parts }) => parts.length > 0)
}

const again = (of: LiveSubject): Html => {
  const [from, to] = daysOnRecord(of)
  const days = of.days === null ? "" : ` --from ${from} --to ${to}`
  const command = `outpace report STORE.sqlite --campaign ${shellWord(of.campaign)}${days}`
  return html`<p>
      With the floor's store, or a backup of it, in place of <code>STORE.sqlite</code>. Whole days of ${of.zone.id} are
      reported, both included; without days it is the floor's last window.
    </p>
    <pre class="command"><code>${command}</code></pre>
    <p>The same records give the same numbers to the last digit.</p>`
}

const groupsWords = ({ groups, spans }: LiveSubject): string => {
  const agents = new Set(spans.filter(({ state }) => state !== "signed-out").map(({ agent }) => agent)).size
  return groups.length === 0 ? "none" : `${count(agents)} (${groups.join(", ")})`
}

const facts = (of: LiveSubject): Html => {
  const others = of.campaigns.filter(({ name }) => name !== of.campaign)
  return factsHtml([
    ["Live", timeWords(of)],
    ["Time zone", of.zone.id],
    [
      of.windowCount === 1 ? "Window" : "Windows",
      of.windowCount === 1 ? (of.isOpen ? "still open" : "closed") : count(of.windowCount)
    ],
    ["Agents", groupsWords(of)],
    ["Mode", of.settings.mode],
    ["Calls", count(attemptCount(of.counts))],
    ...(others.length === 0
      ? []
      : [
          [
            "Other campaigns",
            others.map(({ attempts, name }) => `${name} (${count(attempts)} calls)`).join(", ")
          ] as const
        ]),
    ["Version", of.version]
  ])
}

const range = (of: LiveEstimates, key: keyof LiveEstimates): string => {
  const text = interval(of[key], styleOf(key))
  return `${figure(of[key].mean, styleOf(key))}${text === "" ? "" : ` (${text})`}`
}

const abandonedWords = (people: number): string =>
  people === 0
    ? "Nobody who answered was abandoned"
    : `${count(people)} of the people who answered ${people === 1 ? "was" : "were"} abandoned`

const summary = (of: LiveSubject, estimates: LiveEstimates): Html => {
  const { counts } = of
  const calls = attemptCount(counts)
  const answers = live(counts)
  const broken = brokenWindows(of)
  const limit = limitWords(of, estimates)
  const served =
    modes[of.settings.mode].servedBy === "script" ? "" : ` and ${count(connected(counts))} of them talked to an agent`
  const sentences = [
    `Live, ${timeWords(of)}: ${count(calls)} calls, ${count(answers)} people answered${served}.`,
    Number.isFinite(estimates.occupancy.mean)
      ? `The agents were occupied ${range(estimates, "occupancy")} of their time and talked ${range(estimates, "talkMinutesPerHour")}.`
      : "",
    answers === 0 ? "" : `${abandonedWords(abandoned(counts))}: ${range(estimates, "abandonRate")}, ${limit}.`,
    of.law === null
      ? ""
      : broken.length === 0
        ? "No ceiling of the law is broken by the calls on record."
        : `${count(broken.length)} of the law's windows ${broken.length === 1 ? "is" : "are"} over the ceiling, see Compliance.`,
    of.isOpen
      ? "The window is still open: calls that have not ended, and what agents are doing at the moment, are not in these numbers yet."
      : ""
  ]
  return html`<section class="advice" aria-label="What happened">
    ${sentences.filter((sentence) => sentence !== "").map((sentence) => html`<p>${sentence}</p>`)}
  </section>`
}

/** Agents have one day, whatever campaign they work for. */
const sharedNote = ({ campaign, campaigns, spans }: LiveSubject): string => {
  const others = new Set(
    spans.flatMap((span) => (span.campaign === null || span.campaign === campaign ? [] : [span.campaign]))
  )
  return others.size === 0 || campaigns.length < 2
    ? ""
    : ` Agents also work for ${[...others].join(", ")}: their occupancy and talk are of all their work, connects and calls of ${campaign} alone.`
}

/** The report of a live campaign: one HTML file that needs nothing else. The same records give the same bytes. */
export const liveReport = (of: LiveSubject): string => {
  const estimates = liveEstimates(of)
  return page({
    title: `${of.campaign}: ${kind}`,
    kind,
    name: of.campaign,
    header: [facts(of)],
    summary: summary(of, estimates),
    tiles: tilesHtml(liveHeadTiles(of, estimates)),
    note: `Live figures of the reported time; ranges are 95 % intervals: of shares of calls binomial (Wilson), of all others by block bootstrap.${sharedNote(of)}`,
    sections: withRenderer((renderer) => sections(of, estimates, renderer)),
    footer: [
      html`Live figures from the records of the floor, Outpace ${of.version}. Times are those of ${of.zone.id}.`,
      html`Every number is defined under “What each number means”.`
    ]
  })
}
