import type { Core } from "../src/dialler/Core.ts"
import type { ShiftFigures } from "../src/domain/LawFigures.ts"
import type { Callers } from "./Callers.ts"
import { CallTally } from "./CallTally.ts"
import { type Heard, LawTally } from "./LawTally.ts"
import { listFigures } from "./listFigures.ts"
import type { Scenario } from "./Scenario.ts"

/** What each campaign's law did, and what came of its calls, where the scenario says. */
export class CampaignTallies {
  readonly #core: Core
  /** By campaign; null where no law is applied. */
  readonly #laws: ReadonlyArray<LawTally | null>
  /** By campaign; null where the scenario does not say what comes of calls. */
  readonly #came: ReadonlyArray<CallTally | null>

  /** Attempts placed before `from` do not count as what came of calls. */
  constructor(scenario: Scenario, core: Core, from: number, heard: Heard) {
    this.#core = core
    this.#laws = core.campaigns.map((campaign, index) =>
      campaign.compliance === null
        ? null
        : new LawTally(campaign, campaign.compliance, scenario.campaigns[index], heard)
    )
    this.#came = core.campaigns.map((campaign, index) =>
      scenario.campaigns[index].conduct === undefined
        ? null
        : new CallTally(campaign, core.calls, core.flows.runs, from)
    )
  }

  dialled(campaign: number, call: number, now: number): void {
    this.#came[campaign]?.dialled(call, now)
  }

  /** Keys were pressed in a flow. */
  answered(call: number, step: number, keys: string): void {
    this.#came[this.#core.calls.campaign[call]]?.answered(call, step, keys)
  }

  /** The attempt is complete; true for a call that went on without the agent it asked for. */
  attempt(campaign: number, call: number): boolean {
    this.#laws[campaign]?.attempt(this.#core.calls, call)
    return this.#came[campaign]?.attempt(call) === true
  }

  /** By campaign: what the law did, how the list stands, what came of the calls, and who called us. */
  figures(callers: Callers, now: number, dayEnd: number): ReadonlyArray<ShiftFigures> {
    return this.#core.campaigns.map(({ index, list }) => {
      const calls = this.#came[index]?.figures(dayEnd)
      const inbound = callers.figures(index)
      return {
        list: listFigures(list),
        law: this.#laws[index]?.figures(now) ?? null,
        ...(calls === undefined ? {} : { calls }),
        ...(inbound === null ? {} : { inbound })
      }
    })
  }
}
