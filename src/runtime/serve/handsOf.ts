import { Effect } from "effect"
import { NotNow } from "../control/ControlApi.ts"
import type { AgentHands } from "../control/FloorControl.ts"
import type { CallControl } from "../live/CallControl.ts"

const asked = <A, E extends { readonly message: string }>(of: Effect.Effect<A, E>): Effect.Effect<A, NotNow> =>
  Effect.mapError(of, ({ message }) => new NotNow({ sentence: message }))

/** What agents ask for through the control, done by their phones. */
export const handsOf = (control: CallControl["Service"]): AgentHands => ({
  signIn: (agent) => asked(control.signIn(agent)),
  hangUp: (agent, isMachine) => asked(control.hangUp(agent, isMachine)),
  hold: (agent) => asked(control.hold(agent)),
  resume: (agent) => asked(control.resume(agent)),
  pauseRecording: (agent) => asked(control.pauseRecording(agent)),
  resumeRecording: (agent) => asked(control.resumeRecording(agent)),
  transfer: (agent, number) => asked(control.transfer(agent, number)),
  transferTo: (agent, to) => asked(control.transferTo(agent, to)),
  sendKeys: (agent, keys) => asked(control.sendKeys(agent, keys))
})
