import { Result, Schema } from "effect"
import { type FieldProblem, problemsOfIssue, wrongValue } from "../../src/yaml/FieldProblem.ts"
import { itemsOf, looseFields } from "../../src/yaml/looseFields.ts"
import type { Scenario } from "../Scenario.ts"
import { Campaign } from "./Campaign.ts"
import { crossChecks, type LooseFile } from "./crossChecks.ts"
import { Group } from "./Floor.ts"
import { scenarioJsonSchema } from "./jsonSchema.ts"
import { listAsked } from "./listAsked.ts"
import type { ListAsked, ListsRead } from "./ListsRead.ts"
import { blocksMax, ScenarioFile } from "./ScenarioFile.ts"
import { toScenario } from "./toScenario.ts"

const decodeFile = Schema.decodeUnknownResult(ScenarioFile, {
  errors: "all",
  onExcessProperty: "error",
  reportInput: true
})

/**
 * A scenario from plain data, such as parsed YAML or JSON. A failure lists the problems, up to some hundreds. `lists`: what came
 * of the files that `decodeListsAsked` names; without it lists of files are refused.
 */
export const decodeScenario = (
  input: unknown,
  lists: ListsRead = []
): Result.Result<Scenario, ReadonlyArray<FieldProblem>> =>
  Result.map(checkedFile(input, lists), (file) => toScenario(file, lists))

/** The files of contacts a scenario names, by campaign; `folder` is that the scenario lies in. */
export const decodeListsAsked = (
  input: unknown,
  folder: string
): Result.Result<ReadonlyArray<ListAsked | null>, ReadonlyArray<FieldProblem>> =>
  Result.map(checkedFile(input, null), ({ campaigns }) => campaigns.map((campaign) => listAsked(campaign, folder)))

const checkedFile = (
  input: unknown,
  lists: ListsRead | null
): Result.Result<ScenarioFile, ReadonlyArray<FieldProblem>> => {
  const tooLong = longLists(input)
  if (tooLong.length > 0) return Result.fail(tooLong)
  const file = decodeFile(input)
  const problems = Result.isFailure(file) ? [...problemsOfIssue(scenarioJsonSchema(), file.failure.issue, input)] : []
  crossChecks(Result.isSuccess(file) ? file.success : looseFile(input), lists, (path, allowed, hint, found) => {
    const problem = wrongValue(scenarioJsonSchema(), input, path, allowed, hint)
    problems.push(found === undefined ? problem : { ...problem, found })
  })
  if (Result.isFailure(file) || problems.length > 0) return Result.fail(problems)
  return Result.succeed(file.success)
}

/** Lists are counted before their items are decoded: a file that is only long must not cost minutes. */
const longLists = (input: unknown): ReadonlyArray<FieldProblem> =>
  (["groups", "campaigns"] as const)
    .filter((key) => itemsOf(input, key).length > blocksMax)
    .map((key) => ({
      ...wrongValue(scenarioJsonSchema(), input, [key], `a list of at most ${blocksMax}`),
      found: `${itemsOf(input, key).length} items`
    }))

/** As much of a faulty file as decodes, field by field. */
const looseFile = (input: unknown): LooseFile => {
  const { day, groups, campaigns } = looseFields(ScenarioFile.fields, input)
  return {
    day,
    groups: groups ?? itemsOf(input, "groups").map((item) => looseFields(Group.fields, item)),
    campaigns: campaigns ?? itemsOf(input, "campaigns").map((item) => looseFields(Campaign.fields, item))
  }
}
