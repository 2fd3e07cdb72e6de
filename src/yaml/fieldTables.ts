import { allowedText, alternative, rangeText, resolved } from "./allowed.ts"
import { foundText } from "./FieldProblem.ts"
import type { SchemaDocument, SchemaNode } from "./jsonSchema.ts"

/* Tables of the fields of a file for its documentation, in Markdown, from the schema itself. */

/** A table for the block and, after it, one for each block in it. */
export const blocksOf = (block: SchemaNode, path: string, root: SchemaDocument): ReadonlyArray<string> => {
  const inner = Object.entries(block.properties ?? {}).flatMap(([name, node]) => {
    const place = path === "" ? name : `${path}.${name}`
    if (node.$ref !== undefined || node.allOf !== undefined) return []
    if (node.type === "object" && node.properties !== undefined) return blocksOf(node, place, root)
    // A list of names may have blocks in it.
    const item = node.items === undefined ? undefined : alternative(node.items, {}, root)
    if (item?.properties !== undefined) return blocksOf(item, `${place}[]`, root)
    const each = typeof node.additionalProperties === "object" ? node.additionalProperties : undefined
    return each?.properties === undefined ? [] : blocksOf(each, `${place}.*`, root)
  })
  return [`### ${path === "" ? "The file" : `\`${path}\``}`, tableOf(block, root), ...inner]
}

export const kindTables = (union: SchemaNode, root: SchemaDocument): ReadonlyArray<string> =>
  (union.anyOf ?? []).flatMap((each) => {
    const { properties, ...rest } = resolved(each, root)
    if (properties?.kind === undefined) return []
    const { kind, ...others } = properties
    const name = String(kind.enum?.[0])
    const lead = `**\`${name}\`** ${kind.description ?? ""}`
    if (Object.keys(others).length === 0) return [lead]
    const items = Object.entries(others).flatMap(([inner, node]) =>
      node.items?.properties === undefined ? [] : [`Each of \`${inner}\`:`, tableOf(node.items, root)]
    )
    return [lead, tableOf({ ...rest, properties: others }, root), ...items]
  })

export const tableOf = (block: SchemaNode, root: SchemaDocument): string => {
  const rows = Object.entries(block.properties ?? {}).map(([name, node]) => {
    const full = resolved(node, root)
    const needed = block.required?.includes(name) === true
    return `| \`${name}\` | ${cell(takes(full, root))} | ${needed ? "**needed**" : defaultText(full)} | ${full.description ?? ""} |`
  })
  return ["| field | takes | default | meaning |", "|---|---|---|---|", ...rows].join("\n")
}

/** A bar within a cell would end it. */
const cell = (text: string): string => text.replaceAll("|", "\\|")

const takes = (node: SchemaNode, root: SchemaDocument): string => {
  if (node.items !== undefined) {
    const item = resolved(node.items, root)
    return item.properties === undefined ? `list: ${takes(item, root)}` : "list of blocks"
  }
  if (node.anyOf?.some((each) => each.type === "null")) {
    const [other] = node.anyOf.filter((each) => each.type !== "null")
    return `${takes(resolved(other, root), root)}, or null`
  }
  if (node.type === "object") return node.properties === undefined ? (node.title ?? "factors by hour") : "block"
  const range = rangeText(node)
  if (range === "" || alternative(node, 0, root) !== node) return allowedText(node, root).replaceAll(" by `kind`", "")
  return `${unitWords[node["x-unit"] ?? ""] ?? ""}${range}`
}

const unitWords: Readonly<Record<string, string>> = { count: "whole, ", factor: "factor, ", share: "share, " }

const defaultText = (node: SchemaNode): string => {
  if (node["x-default"] !== undefined) return `*${node["x-default"]}*`
  if (node.type === "object" && foundText(node.default) === "{}")
    return node.properties === undefined ? "none" : "all defaults"
  if (node.default === "") return "empty"
  return typeof node.default === "string" ? `\`${node.default}\`` : `\`${foundText(node.default)}\``
}
