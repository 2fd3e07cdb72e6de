import type { CallFigures, Counted } from "../../src/domain/CallFigures.ts"
import type { ShiftFigures } from "../../src/domain/LawFigures.ts"
import { estimateOf } from "./estimates.ts"
import type { Estimate } from "./Result.ts"

/** How often something happened in a shift, by what reports call it. */
export interface CountedResult {
  readonly name: string
  readonly times: Estimate
}

/** Calls promised for a time: of those that fell due on the day, how they were kept. */
export interface PromiseResult {
  readonly due: Estimate
  readonly inTime: Estimate
  readonly late: Estimate
  /** Not placed before the day was over. */
  readonly missed: Estimate
  /** Of those placed, by another agent than the one who promised it. */
  readonly byOther: Estimate
}

/** Calls in a flow, how it ended, and the valid entries of keys by question. */
export interface FlowResult {
  readonly calls: Estimate
  readonly results: ReadonlyArray<CountedResult>
  readonly keys: ReadonlyArray<{ readonly question: string; readonly entries: ReadonlyArray<CountedResult> }>
  /** Calls that were to be given to agents, and those of them no agent took. */
  readonly transfers: Estimate
  readonly transfersLost: Estimate
}

/** What came of the calls of one setting, beyond their outcomes: means of a shift. */
export interface CallResult {
  readonly talks: Estimate
  /** The campaign's own in their order, and none; empty for a campaign without any. */
  readonly dispositions: ReadonlyArray<CountedResult>
  readonly successes: Estimate
  readonly rightParties: Estimate
  /** Null where none fell due. */
  readonly promises: PromiseResult | null
  readonly flow: FlowResult | null
  readonly doNotCall: Estimate
}

/** What came of the calls of one setting; nothing where its shifts do not tell, or have nothing to tell. */
export const callResult = (
  outcomes: ReadonlyArray<{ readonly figures?: ShiftFigures }>
): { readonly calls?: CallResult } => {
  const told = outcomes.flatMap(({ figures }) => figures?.calls ?? [])
  if (told.length === 0) return {}
  const calls = resultOf(told)
  const { dispositions, doNotCall, flow, promises } = calls
  return dispositions.length > 0 || flow !== null || promises !== null || doNotCall.mean > 0 ? { calls } : {}
}

const resultOf = (shifts: ReadonlyArray<CallFigures>): CallResult => {
  const of = (value: (shift: CallFigures) => number): Estimate => estimateOf(shifts.map(value))
  const dispositions = counted(shifts.map((shift) => shift.dispositions))
  return {
    talks: of(({ talks }) => talks),
    dispositions: dispositions.length === 1 ? [] : dispositions,
    successes: of(({ successes }) => successes),
    rightParties: of(({ rightParties }) => rightParties),
    promises: promisesOf(shifts),
    flow: flowOf(shifts),
    doNotCall: of(({ doNotCall }) => doNotCall)
  }
}

/** Means name by name; the lists of all shifts are alike. */
const counted = (lists: ReadonlyArray<ReadonlyArray<Counted>>): ReadonlyArray<CountedResult> =>
  (lists[0] ?? []).map(({ name }, place) => ({ name, times: estimateOf(lists.map((list) => list[place].count)) }))

const promisesOf = (shifts: ReadonlyArray<CallFigures>): PromiseResult | null => {
  const of = (value: (promises: CallFigures["promises"]) => number): Estimate =>
    estimateOf(shifts.map(({ promises }) => value(promises)))
  const due = of((promises) => promises.due)
  if (due.mean === 0) return null
  return {
    due,
    inTime: of(({ inTime }) => inTime),
    late: of(({ late }) => late),
    missed: of((promises) => promises.due - promises.inTime - promises.late),
    byOther: of(({ byOther }) => byOther)
  }
}

const flowOf = (shifts: ReadonlyArray<CallFigures>): FlowResult | null => {
  const flows = shifts.flatMap(({ flow }) => flow ?? [])
  if (flows.length === 0) return null
  return {
    calls: estimateOf(flows.map(({ calls }) => calls)),
    results: counted(flows.map(({ results }) => results)).filter(({ times }) => times.mean > 0),
    keys: flows[0].keys.map(({ question }, place) => ({
      question,
      entries: counted(flows.map(({ keys }) => keys[place].entries))
    })),
    transfers: estimateOf(flows.map(({ transfers }) => transfers)),
    transfersLost: estimateOf(flows.map(({ transfersLost }) => transfersLost))
  }
}
