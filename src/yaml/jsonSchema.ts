import { JsonSchema, Schema } from "effect"

/** A part of a JSON Schema (draft 7, so that every editor takes it). */
export interface SchemaNode {
  readonly $ref?: string
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: ReadonlyArray<unknown>
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: SchemaNode | boolean
  readonly propertyNames?: SchemaNode
  readonly required?: ReadonlyArray<string>
  readonly items?: SchemaNode
  readonly anyOf?: ReadonlyArray<SchemaNode>
  readonly allOf?: ReadonlyArray<SchemaNode>
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxLength?: number
  /** Unit of a number. */
  readonly "x-unit"?: string
  /** What a text must look like, in words. */
  readonly "x-form"?: string
  /** What a field follows from when it is left out. */
  readonly "x-default"?: string
}

export interface SchemaDocument extends SchemaNode {
  readonly $schema: string
  readonly definitions: Readonly<Record<string, SchemaNode>>
}

/** The JSON Schema of files that a schema decodes, for editors: with every unit, range and default. */
export const jsonSchemaOf = (file: Schema.Top, title: string, description: string): SchemaDocument => {
  const document = JsonSchema.toDocumentDraft07(
    Schema.toJsonSchemaDocument(file, {
      onExcessProperty: "error",
      includeAnnotationKey: (key) => key.startsWith("x-")
    })
  )
  return {
    $schema: JsonSchema.META_SCHEMA_URI_DRAFT_07,
    title,
    description,
    ...(tidy(document.schema) as SchemaNode),
    definitions: Object.fromEntries(
      Object.entries(document.definitions)
        .filter(([name]) => !numbered.test(name))
        .map(([name, each]) => [name, tidy(each) as SchemaNode])
    )
  }
}

/** The text of a file with such a schema. */
export const jsonSchemaText = (document: SchemaDocument): string => `${JSON.stringify(document, null, 2)}\n`

/** The generator numbers a definition again for every variant in code; in JSON they are all the same. */
const numbered = /_\d+$/

/**
 * Lifts words and plain limits out of `allOf`, where the generator puts what is said beside a type, so that editors show
 * them with the field. Only a reference stays in `allOf`: draft 7 ignores what stands beside `$ref`.
 */
const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== "object" || value === null) return value
  const node: Record<string, unknown> = {}
  const kept: Array<unknown> = []
  for (const [key, each] of Object.entries(value)) {
    // A default is data, not schema.
    if (key === "default" || key === "enum") node[key] = each
    else if (key === "$ref") node[key] = String(each).replace(numbered, "")
    else if (key === "allOf") {
      for (const part of each as ReadonlyArray<Record<string, unknown>>) {
        if (Object.keys(part).every((name) => liftable.has(name))) Object.assign(node, part)
        else kept.push(tidy(part))
      }
    } else node[key] = tidy(each)
  }
  if (kept.length > 0) node.allOf = kept
  return node
}

const liftable = new Set([
  "title",
  "description",
  "default",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "pattern",
  "x-unit",
  "x-form",
  "x-default"
])
