import type { Result } from "effect"
import { posix } from "node:path"
import type { FileInvalid } from "../../src/yaml/FileInvalid.ts"
import { readYaml } from "../../src/yaml/readYaml.ts"
import type { Scenario } from "../Scenario.ts"
import { decodeListsAsked, decodeScenario } from "./decodeScenario.ts"
import type { ListAsked, ListsRead } from "./ListsRead.ts"

/**
 * The rehearsal in a YAML file. A failure lists every problem with its line; `fileName` is only shown. Lists that stand in
 * files of their own are refused unless `lists` has what `readListsAsked` names: `openScenario` does both.
 */
export const readScenario = (
  text: string,
  fileName: string,
  lists: ListsRead = []
): Result.Result<Scenario, FileInvalid> => readYaml(text, fileName, (input) => decodeScenario(input, lists))

/** The files of contacts a scenario names, by campaign; paths in it are from the folder of the file. */
export const readListsAsked = (
  text: string,
  fileName: string
): Result.Result<ReadonlyArray<ListAsked | null>, FileInvalid> =>
  readYaml(text, fileName, (input) => decodeListsAsked(input, posix.dirname(fileName)))
