import type { Result } from "effect"
import type { FileInvalid } from "../../yaml/FileInvalid.ts"
import { readYaml } from "../../yaml/readYaml.ts"
import { decodeFloor } from "./decodeFloor.ts"
import type { FloorConfig } from "./FloorConfig.ts"
import { secretKeys } from "./secrets.ts"
import type { FloorContext } from "./toFloor.ts"

/** The live floor in a YAML file. A failure lists every problem with its line and shows no secret; `fileName` is only shown. */
export const readFloor = (
  text: string,
  fileName: string,
  environment: ReadonlyMap<string, string>,
  context: FloorContext
): Result.Result<FloorConfig, FileInvalid> =>
  readYaml(text, fileName, (input) => decodeFloor(input, environment, context), secretKeys)
