import { checkFlow } from "../../src/domain/flow/checkFlow.ts"
import { flowPathText } from "../../src/domain/flow/FlowProblem.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import { warningsOf } from "../../src/domain/rules/warningsOf.ts"
import type { Scenario } from "../Scenario.ts"

/** Something in a scenario that is allowed, but is hardly what was meant. */
export interface ScenarioWarning {
  /** `campaigns[0].afterAttempt[2]` */
  readonly path: string
  readonly message: string
}

/** Rules nothing can reach, callback times nobody looks at, and keys of a flow that an earlier case takes. */
export const scenarioWarnings = ({ campaigns }: Scenario): ReadonlyArray<ScenarioWarning> =>
  campaigns.flatMap(({ settings }, index) =>
    [...ofRules(settings), ...ofFlow(settings)].map(({ message, path }) => ({
      path: `campaigns[${index}].${path}`,
      message
    }))
  )

const ofRules = ({ attemptsMax, known, rules }: CampaignSettings): ReadonlyArray<ScenarioWarning> =>
  rules === null
    ? []
    : warningsOf(rules, { ...known, attemptsMax }).map(({ message, path }) => ({
        path: path.replace(/^rules/, "afterAttempt"),
        message
      }))

const ofFlow = ({ flow, groups, known }: CampaignSettings): ReadonlyArray<ScenarioWarning> =>
  flow === null
    ? []
    : checkFlow(flow, { groups, parameters: known.parameters, files: null })
        .filter(({ severity }) => severity === "warning")
        .map(({ allowed, found, path }) => ({
          path: `flow.${flowPathText(path)}`,
          message: `found ${found}; meant are probably ${allowed}`
        }))
