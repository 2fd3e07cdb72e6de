import type { Prompt } from "../../domain/flow/CallFlow.ts"
import { flowDefaults } from "../../domain/flow/flowLimits.ts"
import { announcement, offerThenTransfer, survey } from "../../domain/flow/readyMade.ts"
import type { Flow } from "./Flow.ts"

type PromptBlock = NonNullable<Flow["announcement"]>["message"]
type OptOutBlock = NonNullable<NonNullable<Flow["announcement"]>["optOut"]>
type OpinionBlock = NonNullable<NonNullable<Flow["survey"]>["opinion"]>

/** The call flow of a file as data for `decodeFlow`, a ready-made one filled in. */
export const flowData = (flow: Flow): unknown => {
  if (flow.announcement !== undefined) {
    const { message, optOut, ...rest } = flow.announcement
    return announcement({ ...rest, message: promptOf(message), ...optOutOf(optOut) })
  }
  if (flow.survey !== undefined) {
    const { greeting, opinion, optOut, questions, thanks, ...rest } = flow.survey
    const [first, ...others] = questions.map((each) => ({ ...each, prompt: promptOf(each.prompt) }))
    return survey({
      ...rest,
      greeting: promptOf(greeting),
      questions: [first, ...others],
      thanks: promptOf(thanks),
      ...(opinion === undefined ? {} : { opinion: opinionOf(opinion) }),
      ...optOutOf(optOut)
    })
  }
  if (flow.offerThenTransfer !== undefined) {
    const { nobody, offer, optOut, to, ...rest } = flow.offerThenTransfer
    return offerThenTransfer({
      ...rest,
      offer: promptOf(offer),
      to: to.number === undefined ? { group: to.group ?? "" } : { number: to.number },
      ...(nobody === undefined ? {} : { nobody: promptOf(nobody) }),
      ...optOutOf(optOut)
    })
  }
  return flow
}

/** Whether agents of a group are wanted. */
export const transfersToGroup = (flow: Flow): boolean =>
  flow.offerThenTransfer?.to.group !== undefined ||
  flow.steps?.some((step) => typeof step === "object" && step !== null && "group" in step) === true

export const promptOf = ({ file, text = "", ...spoken }: PromptBlock): Prompt =>
  file === undefined ? { text, ...spoken } : { file }

const opinionOf = ({ prompt, secondsMax }: OpinionBlock) => ({
  prompt: promptOf(prompt),
  secondsMax: secondsMax ?? flowDefaults.secondsMax
})

const optOutOf = (optOut: OptOutBlock | undefined) =>
  optOut === undefined ? {} : { optOut: { key: optOut.key, confirmation: promptOf(optOut.confirmation) } }
