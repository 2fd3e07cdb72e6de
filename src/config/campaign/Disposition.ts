import { Schema } from "effect"
import { derived, field, Name, required } from "../../yaml/fields.ts"
import { campaignDefaults } from "./defaults.ts"

const Code = Schema.String.check(
  Schema.isMaxLength(40),
  Schema.isPattern(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    "x-form": "1 to 40 small letters, digits and single hyphens, such as call-later"
  })
)
const flags = campaignDefaults.disposition

/** What an agent can say about a call. */
export const dispositionFields = {
  code: required(Code, "What rules and reports call it."),
  label: required(Name, "What the agent reads."),
  success: field(Schema.Boolean, flags.success, "The campaign's aim was reached."),
  rightParty: field(Schema.Boolean, flags.rightParty, "The agent spoke to the person the call was for."),
  final: field(
    Schema.Boolean,
    flags.final,
    "The contact is not called again, whatever the rules say. At least one is final."
  ),
  asksCallbackTime: field(Schema.Boolean, flags.asksCallbackTime, "The agent notes when to call again.")
}
const Disposition = Schema.Struct(dispositionFields)
export type DispositionBlock = typeof Disposition.Type

/** As the core knows them, in the order agents see; what else a file says of them is left out. */
export const plainDispositions = (dispositions: ReadonlyArray<DispositionBlock>): ReadonlyArray<DispositionBlock> =>
  dispositions.map(({ asksCallbackTime, code, final, label, rightParty, success }) => {
    return { code, label, success, rightParty, final, asksCallbackTime }
  })

/** What agents can say about a call. */
export const Dispositions = derived(
  Schema.Array(Disposition).check(Schema.isMaxLength(100)),
  "none",
  "What agents can say about a call, in the order they see."
)

interface Conduct {
  readonly afterAttempt?: unknown
  readonly dispositions?: ReadonlyArray<DispositionBlock> | undefined
}

/** A disposition that asks for a time needs a rule that calls at it. */
export const askedTimeNeedsRule = Schema.makeFilter(({ afterAttempt, dispositions = [] }: Conduct) => {
  const asking = dispositions.findIndex(({ asksCallbackTime }) => asksCallbackTime)
  if (asking < 0 || afterAttempt !== undefined) return undefined
  const path = ["dispositions", asking, "asksCallbackTime"]
  return { path, issue: "false, or afterAttempt with a rule that has at: asked (default has one)" }
})
