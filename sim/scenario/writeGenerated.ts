import { writeFileSync } from "node:fs"
import { scenarioJsonSchemaText } from "./jsonSchema.ts"
import { scenarioReference } from "./reference.ts"

/** Writes what is generated from the schema of scenario files: `node sim/scenario/writeGenerated.ts`. */
const root = new URL("../../", import.meta.url)
writeFileSync(new URL("scenarios/outpace.schema.json", root), scenarioJsonSchemaText())
writeFileSync(new URL("docs/scenarios.md", root), scenarioReference())
