import { Schema } from "effect"
import { TrunkSettings } from "../../sip/trunks/TrunkSettings.ts"
import { jsonSchemaOf, jsonSchemaText, type SchemaDocument, type SchemaNode } from "../../yaml/jsonSchema.ts"
import { FloorFile } from "./FloorFile.ts"

const title = "Outpace floor"
const description = "A live outbound call centre. Shares are parts of 1; units end the key."

let cached: SchemaDocument | undefined

/** The JSON Schema of `outpace.yaml`, by which its problems are told. Trunks are weighed by `decodeTrunks`. */
export const floorJsonSchema = (): SchemaDocument => (cached ??= jsonSchemaOf(FloorFile, title, description))

/** The text of `docs/outpace.floor.schema.json`, for editors: with the fields of trunks. */
export const floorJsonSchemaText = (): string => {
  const document = floorJsonSchema()
  const { definitions, ...trunk } = jsonSchemaOf(Schema.toEncoded(TrunkSettings), "A trunk", "A way to the network.")
  const trunks: SchemaNode = { ...document.properties?.["trunks"], items: withoutHead(trunk) }
  return jsonSchemaText({
    ...document,
    properties: { ...document.properties, trunks },
    definitions: { ...definitions, ...document.definitions }
  })
}

const withoutHead = ({ $schema: _, ...node }: SchemaNode & { readonly $schema: string }): SchemaNode => node
