import { Schema } from "effect"
import { derived } from "../../yaml/fields.ts"
import { Prompt } from "../campaign/Flow.ts"
import { promptOf } from "../campaign/toFlow.ts"
import type { FloorCampaign } from "./FloorConfig.ts"

/** What becomes of callers a campaign puts through to nobody. */
export const inboundFields = {
  takesRequests: derived(
    Schema.Boolean,
    "true in mode callback",
    "Whether callers who are put through to nobody are called back, ahead of everybody else on the list."
  ),
  closingMessage: derived(
    Prompt,
    "none",
    "What they hear before they are hung up; where they are not called back, only those who have waited."
  )
}

type InboundBlock = Schema.Struct.Type<typeof inboundFields> & Pick<FloorCampaign["settings"], "mode">

export const toInbound = ({
  closingMessage,
  mode,
  takesRequests
}: InboundBlock): Pick<FloorCampaign, "takesRequests" | "closingMessage"> => ({
  takesRequests: takesRequests ?? mode === "callback",
  closingMessage: closingMessage === undefined ? null : promptOf(closingMessage)
})
