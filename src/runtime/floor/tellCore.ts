import type { Dialler } from "../../dialler/Dialler.ts"
import type { ContactBook } from "./ContactBook.ts"
import type { CallKey, FloorEvent } from "./FloorEvent.ts"

type Of<K extends FloorEvent["kind"], E = FloorEvent> = E extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? E
    : never
  : never
type Teller<K extends FloorEvent["kind"]> = (dialler: Dialler, event: Of<K>, at: number, book: ContactBook) => void

const isCurrent = ({ calls }: Dialler, { call, generation }: CallKey): boolean => calls.generation[call] === generation

/** Only while the agent still has this call in hand. */
const inHand = (dialler: Dialler, event: CallKey & { readonly agent: number }): boolean =>
  isCurrent(dialler, event) && dialler.agents.call[event.agent] === event.call

/** How each kind of event is told to the core. What comes too late for its call or agent is passed over here or there. */
const tellers: { readonly [K in FloorEvent["kind"]]: Teller<K> } = {
  ringing: (dialler, { call }, at) => dialler.ringing(call, at),
  answered: (dialler, { call, machine }, at) => dialler.answered(call, at, machine),
  failed: (dialler, { call, outcome }, at) => dialler.failed(call, outcome, at),
  ended: (dialler, { call, machine }, at) => dialler.ended(call, at, machine),
  detected: (dialler, { call, machine, wrong }, at) => dialler.detected(call, machine, at, wrong),
  scriptEnded: (dialler, { call, transfer }, at) => dialler.scriptEnded(call, transfer, at),
  held: (dialler, { call }, at) => dialler.held(call, at),
  resumed: (dialler, { call }, at) => dialler.resumed(call, at),
  flowPlayed: (dialler, { call, turn }, at) => dialler.flows.played(call, turn, at),
  flowKeys: (dialler, { call, keys, turn }, at) => dialler.flows.keys(call, turn, keys, at),
  flowTimedOut: (dialler, { call, turn }, at) => dialler.flows.timedOut(call, turn, at),
  flowRecorded: (dialler, { call, turn }, at) => dialler.flows.recorded(call, turn, at),
  flowTransferred: (dialler, { call, turn }) => dialler.flows.transferred(call, turn),
  flowTransferFailed: (dialler, { call, turn }, at) => dialler.flows.transferFailed(call, turn, at),
  answersGiven: (_dialler, { answers, call, form }, _at, book) => book.answersGiven(call, form, answers),

  signedIn: (dialler, { agent }, at) => dialler.agentSignedIn(agent, at),
  signsOut: (dialler, { agent }, at) => dialler.agentSignsOut(agent, at),
  pauses: (dialler, { agent }, at) => dialler.agentPauses(agent, at),
  returns: (dialler, { agent }, at) => dialler.agentReturns(agent, at),
  lost: (dialler, { agent }, at) => dialler.agentLost(agent, at),
  takes: (dialler, { agent, campaign }, at) => void dialler.agentTakes(agent, campaign, at),
  dials: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.agentDials(event.agent, at)
  },
  skips: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.agentSkips(event.agent, at)
  },
  phoneAnswered: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.agentAnswered(event.agent, at)
  },
  phoneMissed: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.agentMissed(event.agent, at)
  },
  wrapUpDone: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.wrapUpDone(event.agent, at, event.disposition, event.askedAt)
  },

  handsOver: (dialler, event, at) => {
    if (inHand(dialler, event)) dialler.arrivals.handOver(event.call, event.to, at)
  },

  callerAdded: (dialler, { campaign }, at, book) => book.caller(dialler, campaign, at),
  arrives: (dialler, { campaign, contact }, at) => dialler.arrivals.arrives(campaign, contact, at),
  contactsAdded: (dialler, { campaign, count, segment }, at, book) => {
    if (segment === null) book.add(dialler, campaign, count, at)
    else dialler.addContacts(campaign, count, segment, at)
  },
  callbackRequested: (dialler, { campaign }, at, book) => book.request(dialler, campaign, at),
  ordered: (dialler, { campaign }, at, book) => book.order(dialler, campaign, at),
  filtered: (dialler, { campaign }, at, book) => book.filter(dialler, campaign, at),
  segmentSwitched: (dialler, { campaign, on, segment }, at) => dialler.switchSegment(campaign, segment, on, at),
  changed: (dialler, { campaign, mode, pacing }, at) => dialler.change(campaign, mode, pacing, at),
  callPromised: (dialler, { agent, campaign, contact, dueAt, until }) =>
    void dialler.promiseCall(campaign, contact, dueAt, until, agent),
  sampled: (dialler, { campaign, isPerson, placedAt }) => dialler.sampled(campaign, isPerson, placedAt),
  withdrawn: (dialler, { as, campaign, contact }) => dialler.withdraw(campaign, contact, as),
  paused: (dialler, { campaign }, at) => dialler.pause(campaign, at),
  started: (dialler, { campaign }, at) => dialler.resume(campaign, at),

  trunkChanged: (dialler, { callsPerSecondMax, linesMax }, at) => dialler.setTrunk(linesMax, callsPerSecondMax, at),
  timers: (dialler, _event, at) => dialler.timers(at),
  stopping: (dialler, _event, at) => dialler.stopping.stop(at),
  interrupted: (dialler, _event, at) => dialler.stopping.interrupted(at)
}

/** Events of one call, which are nobody's once its slot is used anew. */
const ofCall = new Set<FloorEvent["kind"]>([
  ...(["ringing", "answered", "failed", "ended", "detected", "scriptEnded", "held", "resumed"] as const),
  ...(["flowPlayed", "flowKeys", "flowTimedOut", "flowRecorded", "flowTransferred", "flowTransferFailed"] as const),
  "answersGiven"
])

/** Tells the core one event. */
export const tellCore = (dialler: Dialler, event: FloorEvent, at: number, book: ContactBook): void => {
  if (ofCall.has(event.kind) && !isCurrent(dialler, event as CallKey)) return
  // The table has the teller of each kind under its name.
  ;(tellers[event.kind] as Teller<FloorEvent["kind"]>)(dialler, event, at, book)
}
