import type { SchemaDocument, SchemaNode } from "./jsonSchema.ts"

/** The node itself, its reference followed; what stands beside a reference in `allOf` wins. */
export const resolved = (node: SchemaNode, root: SchemaDocument): SchemaNode => {
  if (node.$ref !== undefined) return resolved(root.definitions[node.$ref.slice("#/definitions/".length)], root)
  if (node.allOf?.length !== 1) return node
  const { allOf, ...rest } = node
  return { ...resolved(allOf[0], root), ...rest }
}

/** The block of `node` that a value means: of alternatives the one of its `kind`, else the only block there is. */
export const alternative = (node: SchemaNode, value: unknown, root: SchemaDocument): SchemaNode => {
  const options = node.anyOf?.map((each) => alternative(resolved(each, root), value, root))
  if (options === undefined) return node
  if (Array.isArray(value)) return options.find((each) => each.type === "array") ?? node
  if (typeof value !== "object" || value === null) return node
  const blocks = options.filter((each) => each.type === "object")
  const kind = (value as { readonly kind?: unknown }).kind
  return blocks.find((each) => each.properties?.kind?.enum?.includes(kind)) ?? (blocks.length === 1 ? blocks[0] : node)
}

/** What a file has at a path, as far as the values on the way tell; undefined where it has nothing. */
export const schemaAt = (
  path: ReadonlyArray<PropertyKey>,
  input: unknown,
  root: SchemaDocument
): SchemaNode | undefined => {
  let node: SchemaNode | undefined = root
  let value = input
  for (const key of path) {
    node = alternative(resolved(node, root), value, root)
    node =
      node.properties?.[String(key)] ??
      (typeof node.additionalProperties === "object" ? node.additionalProperties : undefined) ??
      (typeof key === "number" ? node.items : undefined)
    if (node === undefined) return undefined
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined
  }
  return resolved(node, root)
}

/** The kinds among the alternatives of a node. */
export const kindsOf = (node: SchemaNode, root: SchemaDocument): ReadonlyArray<string> =>
  (node.anyOf ?? []).flatMap((each) => {
    const { anyOf, properties } = resolved(each, root)
    return anyOf === undefined ? ((properties?.kind?.enum ?? []) as ReadonlyArray<string>) : kindsOf({ anyOf }, root)
  })

const units: Readonly<Record<string, readonly [one: string, unit: string]>> = {
  s: ["a time", " s"],
  min: ["a time", " min"],
  h: ["a time", " h"],
  d: ["a time", " days"],
  share: ["a share", ""],
  factor: ["a factor", ""],
  ratio: ["a number", ""],
  "%": ["a percentage", " %"],
  "per s": ["a number", " per second"],
  "per h": ["a number", " per hour"],
  count: ["a whole number", ""]
}

/** Limits of a number, with its unit: `0 to 86400 s`. */
export const rangeText = (node: SchemaNode): string => {
  const unit = units[node["x-unit"] ?? ""]?.[1] ?? ""
  if (node.exclusiveMinimum !== undefined) return `above ${node.exclusiveMinimum}, at most ${node.maximum}${unit}`
  return node.minimum === undefined ? "" : `${node.minimum} to ${node.maximum}${unit}`
}

/** What a field takes, in words: used by messages and by the reference. */
export const allowedText = (node: SchemaNode, root: SchemaDocument): string => {
  if (node.title !== undefined && node.anyOf !== undefined) return node.title
  if (node.anyOf !== undefined) return node.anyOf.map((each) => allowedText(resolved(each, root), root)).join(", or ")
  if (node.enum !== undefined) return node.enum.length === 1 ? String(node.enum[0]) : `one of ${node.enum.join(", ")}`
  switch (node.type) {
    case "number":
    case "integer": {
      const one = units[node["x-unit"] ?? ""]?.[0] ?? (node.type === "integer" ? "a whole number" : "a number")
      const range = rangeText(node)
      return `${one}${range === "" || range.startsWith("above") ? "" : " from"} ${range}`.trimEnd()
    }
    case "string":
      return node["x-form"] ?? (node.maxLength === undefined ? "text" : `text of at most ${node.maxLength} characters`)
    case "boolean":
      return "true or false"
    case "null":
      return "null"
    case "array":
      return [
        "a list",
        ...(node.minItems === undefined ? [] : [`of at least ${node.minItems}`]),
        ...(node.maxItems === undefined ? [] : [`of at most ${node.maxItems}`])
      ]
        .join(" ")
        .replace(" of at most", node.minItems === undefined ? " of at most" : " and at most")
    default:
      return node.properties === undefined ? "a block" : `a block with ${Object.keys(node.properties).join(", ")}`
  }
}
