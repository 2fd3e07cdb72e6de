import { jsonSchemaOf, jsonSchemaText, type SchemaDocument } from "../../src/yaml/jsonSchema.ts"
import { ScenarioFile } from "./ScenarioFile.ts"

let cached: SchemaDocument | undefined

/** The JSON Schema of scenario files, for editors. */
export const scenarioJsonSchema = (): SchemaDocument =>
  (cached ??= jsonSchemaOf(
    ScenarioFile,
    "Outpace scenario",
    "A rehearsal of an outbound call centre. Shares are parts of 1; units end the key."
  ))

/** The text of `scenarios/outpace.schema.json`. */
export const scenarioJsonSchemaText = (): string => jsonSchemaText(scenarioJsonSchema())
