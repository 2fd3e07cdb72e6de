import { Schema } from "effect"
import { type CallData, type Fetched, type FieldValue, fieldValue } from "./CallData.ts"
import { bracesProblem, type TemplatePart, templateParts } from "./textTemplate.ts"

/** Longest address a template makes; servers and browsers take about 8,000 characters (RFC 9110 section 4.1). */
const urlLengthMax = 8_000

/**
 * An address with fields in it: `https://crm.example.org/contact/{externalId}?phone={number}`. Fields stand in the path,
 * the query and the fragment, never in the scheme, the host or the port.
 */
export const UrlTemplate = Schema.String.check(
  Schema.isMaxLength(2_000, { message: "an address of at most 2000 characters" }),
  Schema.makeFilter((template: string) => urlProblem(template) ?? undefined)
)

/** Characters of RFC 3986; a percent sign comes with its two digits, so that no value can complete it. */
const literal = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i
const beginning = /^https?:\/\/[^/?#]+/i

/** Host and port of an address; fields are never a part of them. */
export const hostOf = (template: string): string => URL.parse(beginning.exec(template)?.[0] ?? "")?.host ?? ""

/** What is wrong with an address, as what is allowed instead; null when nothing is. */
const urlProblem = (template: string): string | null => {
  const braces = bracesProblem(template)
  if (braces !== null) return braces
  const parts = templateParts(template)
  const [first] = parts
  if (first?.kind !== "text" || !/^https?:\/\//i.test(first.text)) return "an address with https:// or http://"
  const wrong = parts.some((part) => part.kind === "text" && !literal.test(part.text))
  if (wrong) return "only characters of an address; others are written as % and two digits, such as %20 for a space"
  const host = beginning.exec(first.text)
  if (host === null) return "a host after ://"
  if (parts.length > 1 && host[0].length === first.text.length) return "fields only after the host and a slash"
  if (host[0].includes("@")) return "no name and password before the host"
  const sample = parts.map((part) => (part.kind === "text" ? part.text : "x")).join("")
  if (!URL.canParse(sample)) return "a host and a port that exist"
  return hasDotStep(sample) ? "a path without . and .. as steps" : null
}

/**
 * Whether a step of the path is `.` or `..`, which would lead elsewhere. Browsers read those as such also when they are
 * percent-encoded, and some servers do the same with the slashes around them.
 */
const hasDotStep = (url: string): boolean =>
  url
    .replace(beginning, "")
    .replace(/[?#].*$/s, "")
    .split(/\/|%2f|%5c/i)
    .some((step) => /^(?:\.|%2e){1,2}$/i.test(step))

/**
 * The address with the values filled in. A value is percent-encoded but for letters, digits and `-._~`, control characters
 * in it become spaces: it stays one value wherever it stands, and cannot lead to another host or path. A value that is
 * missing leaves its place in the query or the fragment empty; one missing in the path makes the address `missing`.
 */
export const fillUrl = (template: string, data: CallData, fetched: Fetched): FieldValue => {
  let url = ""
  for (const part of templateParts(template)) {
    const piece = part.kind === "text" ? part.text : valueIn(part, url, data, fetched)
    if (typeof piece !== "string") return piece
    url += piece
  }
  if (url.length > urlLengthMax) return { kind: "unavailable", reason: "a value is too long for an address" }
  if (hasDotStep(url)) return { kind: "unavailable", reason: "a value of dots cannot stand in an address" }
  return { kind: "value", text: url }
}

const valueIn = (
  part: TemplatePart & { readonly kind: "field" },
  before: string,
  data: CallData,
  fetched: Fetched
): string | FieldValue => {
  const value = fieldValue(part.name, data, fetched)
  const inPath = !/[?#]/.test(before)
  if (value.kind === "missing" && !inPath) return ""
  if (value.kind !== "value") return value
  const piece = encoded(value.text)
  return piece === "" && inPath ? { kind: "missing" } : piece
}

const encoded = (text: string): string =>
  encodeURIComponent(
    text
      .toWellFormed()
      .replace(/\p{Cc}+/gu, " ")
      .trim()
  ).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** An address that came as a value, when it is one a browser may be sent to: http or https, nobody's password in it. */
export const safeLink = (text: string): string | null => {
  const url = URL.parse(text.trim())
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null
  return url.username === "" && url.password === "" && url.href.length <= urlLengthMax ? url.href : null
}
