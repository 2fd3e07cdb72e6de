import type { Result } from "effect"
import type { FileInvalid } from "../../src/yaml/FileInvalid.ts"
import { readYaml } from "../../src/yaml/readYaml.ts"
import type { Scenario } from "../Scenario.ts"
import { decodeScenario } from "./decodeScenario.ts"

/** The rehearsal in a YAML file. A failure lists every problem with its line; `fileName` is only shown. */
export const readScenario = (text: string, fileName: string): Result.Result<Scenario, FileInvalid> =>
  readYaml(text, fileName, decodeScenario)
