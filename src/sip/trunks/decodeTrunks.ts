import { Result, Schema } from "effect"
import { type Path, pathText, valueAt } from "../../domain/plainData.ts"
import {
  type FieldProblem,
  foundText,
  isSmall,
  problemsMax,
  problemsOfIssue
} from "../../domain/rules/fieldProblems.ts"
import { type NumberFormat, prefixesMax } from "./NumberFormat.ts"
import { TrunkSettings, trunksMax } from "./TrunkSettings.ts"

const decode = Schema.decodeUnknownResult(
  Schema.Array(TrunkSettings)
    .check(Schema.isMinLength(1), Schema.isMaxLength(trunksMax))
    .annotate({ expected: `a list of 1 to ${trunksMax} trunks` }),
  { errors: "all", onExcessProperty: "error" }
)

/** Values in the largest settings. */
const sizeMax = 2 * trunksMax * (prefixesMax * 3 + 100)

const base: Path = ["trunks"]

/**
 * The trunks from plain data, such as parsed YAML or JSON. A failure lists what is wrong, where, and what would be right,
 * two hundred things at most; it never repeats a password.
 */
export const decodeTrunks = (
  input: unknown
): Result.Result<ReadonlyArray<TrunkSettings>, ReadonlyArray<FieldProblem>> => {
  if (!isSmall(input, 6, sizeMax)) {
    return Result.fail([{ path: "trunks", found: "more than anybody reads", allowed: `at most ${trunksMax} trunks` }])
  }
  const decoded = decode(input)
  if (Result.isFailure(decoded)) {
    const problems = problemsOfIssue(decoded.failure.issue, withoutSecrets(input), base)
    // A number that is neither whole nor within its range is wrong once.
    return Result.fail(problems.filter(({ path }, at) => problems.findIndex((each) => each.path === path) === at))
  }
  const problems = decoded.success
    .flatMap((trunk, index) => problemsOf(trunk, decoded.success.slice(0, index)).map((each) => [index, each] as const))
    .map(([index, { allowed, path }]) => ({
      path: pathText([...base, index, ...path]),
      found: foundText(valueAt(input, [index, ...path])),
      allowed
    }))
  return problems.length === 0 ? Result.succeed(decoded.success) : Result.fail(problems.slice(0, problemsMax))
}

/** The same for messages, without passwords, and without credentials written as anything but a block. */
const withoutSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const isSecret = key === "password" || (key === "credentials" && (typeof each !== "object" || each === null))
      return [key, isSecret ? "not shown" : withoutSecrets(each)]
    })
  )
}

interface Problem {
  readonly path: Path
  readonly allowed: string
}

const problemsOf = (trunk: TrunkSettings, earlier: ReadonlyArray<TrunkSettings>): ReadonlyArray<Problem> => {
  const problems: Array<Problem> = []
  const same = earlier.findIndex(({ name }) => name.toLowerCase() === trunk.name.toLowerCase())
  if (same !== -1) problems.push({ path: ["name"], allowed: `a name of its own; trunks[${same}] has this one` })
  if (trunk.register && trunk.credentials === undefined) {
    problems.push({ path: ["credentials"], allowed: "user and password, as register is true" })
  }
  for (const field of ["calledNumbers", "callerNumbers"] as const) {
    problems.push(...repeated(trunk[field]).map((at) => ({ path: [field, "rules", at, "from"], allowed: "each once" })))
  }
  return problems
}

const repeated = (numbers: NumberFormat): ReadonlyArray<number> =>
  numbers.format !== "prefixes"
    ? []
    : numbers.rules.flatMap(({ from }, at) => (numbers.rules.findIndex((rule) => rule.from === from) < at ? [at] : []))
