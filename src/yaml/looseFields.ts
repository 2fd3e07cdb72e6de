import { Option, Schema } from "effect"

/** The items of a list in a file that may be anything. */
export const itemsOf = (input: unknown, key: string): ReadonlyArray<unknown> => {
  const items = typeof input === "object" && input !== null ? (input as Record<string, unknown>)[key] : undefined
  return Array.isArray(items) ? items : []
}

/** As much of a faulty block as decodes, field by field. */
export const looseFields = <F extends Schema.Struct.Fields>(
  fields: F,
  input: unknown
): Partial<Schema.Struct.Type<F>> => {
  const block: Record<string, unknown> = typeof input === "object" && input !== null ? { ...input } : {}
  const found: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(fields)) {
    const decode = Schema.decodeUnknownOption(Schema.Struct({ [key]: schema as Schema.Codec<unknown> }))
    const decoded = decode(Object.hasOwn(block, key) ? { [key]: block[key] } : {})
    if (Option.isSome(decoded)) found[key] = decoded.value[key]
  }
  return found as Partial<Schema.Struct.Type<F>>
}
