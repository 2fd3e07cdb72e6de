import { writeFileSync } from "node:fs"
import { floorJsonSchemaText } from "./jsonSchema.ts"
import { floorReference } from "./reference.ts"

/** Writes what is generated from the schema of `outpace.yaml`: `node src/config/floor/writeGenerated.ts`. */
const root = new URL("../../../", import.meta.url)
writeFileSync(new URL("docs/outpace.floor.schema.json", root), floorJsonSchemaText())
writeFileSync(new URL("docs/configuration.md", root), floorReference())
