import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup } from "effect/http-api"
import { agentStateNames } from "../../domain/AgentState.ts"
import { modeNames } from "../../domain/Mode.ts"
import { boundNames } from "../../dialler/pacing/Policy.ts"

const sentence = { sentence: Schema.String }

/** There is no such agent or campaign. */
export class NotThere extends Schema.TaggedError<NotThere>()("NotThere", sentence, { httpApiStatus: 404 }) {
  override get message() {
    return this.sentence
  }
}

/** It cannot be done now; `sentence` says why. */
export class NotNow extends Schema.TaggedError<NotNow>()("NotNow", sentence, { httpApiStatus: 409 }) {
  override get message() {
    return this.sentence
  }
}

const Snapshot = Schema.Struct({
  at: Schema.Number,
  campaigns: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      mode: Schema.Literals(modeNames),
      state: Schema.Literals(["running", "paused", "done"]),
      bound: Schema.Literals(boundNames),
      ringing: Schema.Number,
      waiting: Schema.Number,
      callers: Schema.Number,
      talking: Schema.Number,
      attempts: Schema.Number,
      connected: Schema.Number,
      abandoned: Schema.Number,
      occupancy: Schema.Number,
      abandonRate: Schema.Number,
      contacts: Schema.Number,
      closed: Schema.Number
    })
  ),
  agents: Schema.Array(
    Schema.Struct({
      agent: Schema.Number,
      name: Schema.String,
      group: Schema.String,
      state: Schema.Literals(agentStateNames),
      sinceMillis: Schema.Number,
      campaign: Schema.NullOr(Schema.String)
    })
  )
})

/** What an agent can do; see `docs/control.md`. */
export const AgentAction = Schema.Union([
  Schema.Struct({
    do: Schema.Literals([
      ...(["sign-in", "sign-out", "pause", "return", "dial", "skip"] as const),
      ...(["hang-up", "machine", "hold", "resume", "pause-recording", "resume-recording"] as const)
    ])
  }),
  /** Manual mode: the next contact of a campaign. */
  Schema.Struct({ do: Schema.Literal("take"), campaign: Schema.String }),
  /** After-call work is done. `callAt`: when the person asked to be called, milliseconds since 1970. */
  Schema.Struct({
    do: Schema.Literal("done"),
    disposition: Schema.NullOr(Schema.String),
    callAt: Schema.NullOr(Schema.Int)
  }),
  Schema.Struct({ do: Schema.Literal("transfer"), number: Schema.String }),
  /** To another agent, by name or SIP user. */
  Schema.Struct({ do: Schema.Literal("hand-over"), to: Schema.String }),
  Schema.Struct({ do: Schema.Literal("keys"), keys: Schema.String })
])
export type AgentAction = typeof AgentAction.Type

export const CampaignAction = Schema.Union([
  Schema.Struct({ do: Schema.Literals(["pause", "start"]) }),
  Schema.Struct({ do: Schema.Literal("segment"), segment: Schema.String, on: Schema.Boolean })
])
export type CampaignAction = typeof CampaignAction.Type

/** People who are to be erased, by their numbers as people write them; `forget`: with nothing to know them by. */
export const Erasure = Schema.Struct({ numbers: Schema.NonEmptyArray(Schema.String), forget: Schema.Boolean })
export type Erasure = typeof Erasure.Type

class FloorGroup extends HttpApiGroup.make("floor")
  .add(HttpApiEndpoint.get("show", "/floor", { success: Snapshot }))
  .add(
    HttpApiEndpoint.post("agent", "/agents/:agent", {
      params: { agent: Schema.String },
      payload: AgentAction,
      success: Schema.String,
      error: [NotThere, NotNow]
    })
  )
  .add(
    HttpApiEndpoint.post("campaign", "/campaigns/:campaign", {
      params: { campaign: Schema.String },
      payload: CampaignAction,
      success: Schema.String,
      error: [NotThere, NotNow]
    })
  )
  .add(HttpApiEndpoint.post("erase", "/erase", { payload: Erasure, success: Schema.String, error: NotNow }))
  .add(HttpApiEndpoint.post("stop", "/stop", { success: Schema.String })) {}

/** How a floor is steered on its own machine. */
export class ControlApi extends HttpApi.make("control").add(FloorGroup) {}
