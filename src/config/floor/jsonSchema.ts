import { jsonSchemaOf, jsonSchemaText, type SchemaDocument } from "../../yaml/jsonSchema.ts"
import { FloorFile } from "./FloorFile.ts"

let cached: SchemaDocument | undefined

/** The JSON Schema of `outpace.yaml`, for editors. */
export const floorJsonSchema = (): SchemaDocument =>
  (cached ??= jsonSchemaOf(
    FloorFile,
    "Outpace floor",
    "A live outbound call centre. Shares are parts of 1; units end the key."
  ))

/** The text of `docs/outpace.floor.schema.json`. */
export const floorJsonSchemaText = (): string => jsonSchemaText(floorJsonSchema())
