import { Option, Result, Schema } from "effect"
import type { Scenario } from "../Scenario.ts"
import { Campaign } from "./Campaign.ts"
import { crossChecks, type LooseFile } from "./crossChecks.ts"
import { type FieldProblem, problemsOfIssue, wrongValue } from "./FieldProblem.ts"
import { Group } from "./Floor.ts"
import { blocksMax, ScenarioFile } from "./ScenarioFile.ts"
import { toScenario } from "./toScenario.ts"

const decodeFile = Schema.decodeUnknownResult(ScenarioFile, {
  errors: "all",
  onExcessProperty: "error",
  reportInput: true
})

/** A scenario from plain data, such as parsed YAML or JSON. A failure lists the problems, up to some hundreds. */
export const decodeScenario = (input: unknown): Result.Result<Scenario, ReadonlyArray<FieldProblem>> => {
  const tooLong = longLists(input)
  if (tooLong.length > 0) return Result.fail(tooLong)
  const file = decodeFile(input)
  const problems = Result.isFailure(file) ? [...problemsOfIssue(file.failure.issue, input)] : []
  crossChecks(Result.isSuccess(file) ? file.success : looseFile(input), (path, allowed, hint, found) => {
    const problem = wrongValue(input, path, allowed, hint)
    problems.push(found === undefined ? problem : { ...problem, found })
  })
  if (Result.isFailure(file) || problems.length > 0) return Result.fail(problems)
  return Result.succeed(toScenario(file.success))
}

/** Lists are counted before their items are decoded: a file that is only long must not cost minutes. */
const longLists = (input: unknown): ReadonlyArray<FieldProblem> =>
  (["groups", "campaigns"] as const)
    .filter((key) => itemsOf(input, key).length > blocksMax)
    .map((key) => ({
      ...wrongValue(input, [key], `a list of at most ${blocksMax}`),
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

const itemsOf = (input: unknown, key: string): ReadonlyArray<unknown> => {
  const items = typeof input === "object" && input !== null ? (input as Record<string, unknown>)[key] : undefined
  return Array.isArray(items) ? items : []
}

const looseFields = <F extends Schema.Struct.Fields>(fields: F, input: unknown): Partial<Schema.Struct.Type<F>> => {
  const block: Record<string, unknown> = typeof input === "object" && input !== null ? { ...input } : {}
  const found: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(fields)) {
    const decode = Schema.decodeUnknownOption(Schema.Struct({ [key]: schema as Schema.Codec<unknown> }))
    const decoded = decode(Object.hasOwn(block, key) ? { [key]: block[key] } : {})
    if (Option.isSome(decoded)) found[key] = decoded.value[key]
  }
  return found as Partial<Schema.Struct.Type<F>>
}
