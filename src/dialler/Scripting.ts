import { Outcome } from "../domain/Outcome.ts"
import { CallFlag, CallState } from "./CallTable.ts"
import type { CampaignState } from "./CampaignState.ts"
import { Closed } from "./ContactList.ts"
import type { CoreState } from "./CoreState.ts"
import { compileFlow } from "./flow/compileFlow.ts"
import { FlowAction, type FlowProgram } from "./flow/FlowProgram.ts"
import { FlowRuns } from "./flow/FlowRuns.ts"

/** Calls in the flow of an automatic campaign: takes what happens, asks for what is next, knows when an agent is wanted. */
export class Scripting {
  readonly runs: FlowRuns
  readonly #core: CoreState
  /** By campaign: number of its program, -1 without one. */
  readonly #programs: ReadonlyArray<number>
  /** Where each group of a program is among those of the core, by campaign. */
  readonly #groups: ReadonlyArray<ReadonlyArray<number>>

  constructor(core: CoreState) {
    this.#core = core
    this.runs = new FlowRuns([], { answered: (call, step, keys) => core.port.answered(call, step, keys) })
    this.#programs = core.campaigns.map((campaign) => {
      const program = programOf(campaign)
      return program === null ? -1 : this.runs.add(program)
    })
    this.#groups = core.campaigns.map((campaign) => campaign.groups)
  }

  /** A person, or a machine taken for one, has answered; true when an agent is wanted. */
  begin(campaign: CampaignState, call: number): boolean {
    const { calls } = this.#core
    calls.outcome[call] = Outcome.scripted
    calls.state[call] = CallState.script
    campaign.scriptCount += 1
    return this.#follow(campaign, call, this.runs.begin(call, this.#programs[campaign.index]))
  }

  /** Does what one of the `runs` says is next; true when an agent is wanted. */
  next(call: number, action: number): boolean {
    const { calls, campaigns } = this.#core
    return this.#follow(campaigns[calls.campaign[call]], call, action)
  }

  /** An agent took the call. */
  connected(call: number): void {
    this.runs.transferred(call, this.runs.turn[call])
  }

  /** Nobody took the call in time: true when the flow goes on with it, false when it is to be given up. */
  resumes(campaign: CampaignState, call: number): boolean {
    const { calls } = this.#core
    const action = this.runs.transferFailed(call, this.runs.turn[call])
    if (action === FlowAction.none || action === FlowAction.giveUp) return false
    calls.state[call] = CallState.script
    calls.agent[call] = -1
    calls.transferGroup[call] = -1
    calls.flags[call] &= ~CallFlag.clocked
    campaign.scriptCount += 1
    // Another transfer right away would ask the same agents at the same instant: a flow says something between.
    if (this.#follow(campaign, call, action)) this.#core.hangUp(call)
    return true
  }

  /** The call is over. */
  over(call: number): void {
    this.runs.ended(call)
  }

  #follow(campaign: CampaignState, call: number, first: number): boolean {
    const { port } = this.#core
    let action = first
    for (;;) {
      const step = this.runs.step[call]
      const turn = this.runs.turn[call]
      switch (action) {
        case FlowAction.doNotCall:
          this.#doNotCall(campaign, call)
          action = this.runs.proceed(call, turn)
          break
        case FlowAction.set:
          port.flowSets(call, step)
          action = this.runs.proceed(call, turn)
          break
        case FlowAction.look:
          action = this.runs.looked(call, turn, port.flowLooks(call, step))
          break
        case FlowAction.transferToGroup:
          campaign.scriptCount -= 1
          this.#core.calls.transferGroup[call] = this.#groups[campaign.index][this.runs.programOf(call).detail[step]]
          return true
        case FlowAction.hangUp:
          campaign.scriptCount -= 1
          this.#core.hangUp(call)
          return false
        case FlowAction.none:
          return false
        default:
          port.flowDoes(call, action, step, turn)
          return false
      }
    }
  }

  #doNotCall(campaign: CampaignState, call: number): void {
    const contact = this.#core.calls.contact[call]
    campaign.compliance?.calling.forbid(contact)
    campaign.list.closedAs[contact] = Closed.doNotCall
  }
}

const programOf = (campaign: CampaignState): FlowProgram | null => {
  const { flow, groups, known, name } = campaign.settings
  if (flow === null) return null
  const { problems, program } = compileFlow(flow, { groups, parameters: known.parameters, files: null })
  if (program !== null) return program
  throw new Error(
    `campaign ${name}: its call flow cannot be used: ${problems.map(({ allowed }) => allowed).join("; ")}`
  )
}
