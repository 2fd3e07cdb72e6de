import { Result, Schema } from "effect"
import { type FieldProblem, problemsOfIssue, wrongValue } from "../../yaml/FieldProblem.ts"
import { itemsOf, looseFields } from "../../yaml/looseFields.ts"
import { CampaignFile } from "./CampaignFile.ts"
import { floorChecks, type LooseFloor } from "./floorChecks.ts"
import type { FloorConfig } from "./FloorConfig.ts"
import { blocksMax, FloorFile, Group } from "./FloorFile.ts"
import { floorJsonSchema } from "./jsonSchema.ts"
import { onlyRehearsed } from "./onlyRehearsed.ts"
import { isFromEnvironment, resolveSecrets } from "./secrets.ts"
import { type FloorContext, toFloor } from "./toFloor.ts"

const decodeFile = Schema.decodeUnknownResult(FloorFile, {
  errors: "all",
  onExcessProperty: "error",
  reportInput: true
})

/**
 * A live floor from plain data, such as parsed YAML. `environment` has what its `${NAME}` stand for. A failure lists the
 * problems, up to some hundreds, and shows no secret.
 */
export const decodeFloor = (
  written: unknown,
  environment: ReadonlyMap<string, string>,
  context: FloorContext
): Result.Result<FloorConfig, ReadonlyArray<FieldProblem>> => {
  const root = floorJsonSchema()
  const tooLong = (["groups", "campaigns"] as const).filter((key) => itemsOf(written, key).length > blocksMax)
  if (tooLong.length > 0) {
    return Result.fail(tooLong.map((key) => wrongValue(root, written, [key], `a list of at most ${blocksMax}`)))
  }
  const { input, problems: unset, shown } = resolveSecrets(written, environment)
  if (unset.length > 0) return Result.fail(unset)
  const file = decodeFile(input)
  const problems = Result.isFailure(file) ? problemsOfIssue(root, file.failure.issue, shown).map(onlyRehearsed) : []
  floorChecks(
    Result.isSuccess(file) ? file.success : looseFloor(input),
    dateOf(context),
    (path, allowed, hint, found) => {
      const problem = wrongValue(root, shown, path, allowed, hint)
      problems.push(found === undefined ? problem : { ...problem, found })
    }
  )
  const told = problems.map((problem) => {
    const name = isFromEnvironment(shown, problem.path)
    return name === null ? problem : { ...problem, found: `the value of ${name}` }
  })
  return Result.isFailure(file) || told.length > 0 ? Result.fail(told) : Result.succeed(toFloor(file.success, context))
}

/** Today, for the profiles of the law. */
const dateOf = ({ epochMillis }: FloorContext): string => new Date(epochMillis).toISOString().slice(0, 10)

/** As much of a faulty file as decodes, field by field. */
const looseFloor = (input: unknown): LooseFloor => {
  const { campaigns, groups, ...rest } = looseFields(FloorFile.fields, input)
  return {
    ...rest,
    groups: groups ?? itemsOf(input, "groups").map((item) => looseFields(Group.fields, item)),
    campaigns: campaigns ?? itemsOf(input, "campaigns").map((item) => looseFields(CampaignFile.fields, item))
  }
}
