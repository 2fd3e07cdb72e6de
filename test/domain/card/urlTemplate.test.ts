import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { type CallData, type FieldValue, nothingFetched } from "../../../src/domain/card/CallData.ts"
import { fillUrl, hostOf, safeLink, UrlTemplate } from "../../../src/domain/card/urlTemplate.ts"
import { jana, stranger } from "./calls.ts"

const fill = (template: string, data: CallData = jana): FieldValue => fillUrl(template, data, nothingFetched)
const value = (text: string): FieldValue => ({ kind: "value", text })
const withBalance = (balance: string): CallData => ({
  ...jana,
  contact: { numbers: [], fields: {}, parameters: { Balance: balance } }
})

describe("an address with fields", () => {
  const refused: ReadonlyArray<readonly [template: string, allowed: string]> = [
    ["ftp://example.org/", "https:// or http://"],
    ["javascript:alert(1)", "https:// or http://"],
    ["//example.org/", "https:// or http://"],
    ["{externalId}", "https:// or http://"],
    ["{parameter.Web}://example.org/", "https:// or http://"],
    ["https://{company}/", "a host after ://"],
    ["https:///example.org/{number}", "a host after ://"],
    ["https://example.org{number}", "fields only after the host and a slash"],
    ["https://example.{city}/", "fields only after the host and a slash"],
    ["https://example.org:{number}/", "fields only after the host and a slash"],
    ["https://me:secret@example.org/", "no name and password"],
    ["https://example.org:99999/", "a host and a port that exist"],
    ["https://example.org/a b", "only characters of an address"],
    ["https://example.org\\@evil.example/{number}", "only characters of an address"],
    ["https://example.org/a\nb", "only characters of an address"],
    ["https://example.org/%2{number}", "only characters of an address"],
    ["https://example.org/a/../{number}", "a path without . and .. as steps"],
    ["https://example.org/%2E%2e/{number}", "a path without . and .. as steps"],
    ["https://example.org/{numbr}", "in braces a field: externalId, title"],
    ["https://example.org/{number", "braces only around"],
    ["https://example.org/{{number}}", "braces only around"],
    [`https://example.org/${"a".repeat(2_000)}`, "at most 2000 characters"]
  ]
  for (const [template, allowed] of refused) {
    it(`${JSON.stringify(template.slice(0, 60))} is refused: ${allowed}`, () => {
      const decoded = Schema.decodeUnknownResult(UrlTemplate)(template)
      assert.include(Result.isFailure(decoded) ? String(decoded.failure.message) : "taken", allowed)
    })
  }

  const filled: ReadonlyArray<readonly [template: string, data: CallData, expected: FieldValue]> = [
    ["https://crm.example.org/c/{externalId}", jana, value("https://crm.example.org/c/A%2017")],
    ["http://10.0.0.7:8080/?co={company}", jana, value("http://10.0.0.7:8080/?co=Kov%20%26%20Syn%20%2F%20Brno")],
    [
      "https://[::1]/?tel={number}&by={agent}#{lastName}",
      jana,
      value("https://[::1]/?tel=%2B420777123456&by=Petr#Nov%C3%A1kov%C3%A1")
    ],
    ["https://example.org/?q={city}&r={number}", jana, value("https://example.org/?q=&r=%2B420777123456")],
    ["https://example.org/{city}/edit", jana, { kind: "missing" }],
    ["https://example.org/{email}", jana, { kind: "missing" }],
    ["https://example.org/?tel={number}", stranger, value("https://example.org/?tel=")],
    ["https://example.org/{parameter.constructor}", jana, { kind: "missing" }],
    [
      "https://example.org/{parameter.Balance}",
      withBalance(".."),
      { kind: "unavailable", reason: "a value of dots cannot stand in an address" }
    ],
    [
      "https://example.org/.{parameter.Balance}",
      withBalance("."),
      { kind: "unavailable", reason: "a value of dots cannot stand in an address" }
    ],
    [
      "https://example.org/{parameter.Balance}",
      withBalance("../../admin"),
      { kind: "unavailable", reason: "a value of dots cannot stand in an address" }
    ],
    ["https://example.org/?{parameter.Balance}", withBalance(".."), value("https://example.org/?..")],
    ["https://example.org/{parameter.Balance}", withBalance("1.5"), value("https://example.org/1.5")],
    ["https://example.org/{parameter.Balance}", withBalance("\u0007\u0000"), { kind: "missing" }],
    [
      "https://example.org/?q={parameter.Balance}",
      withBalance("a\r\nb: c"),
      value("https://example.org/?q=a%20b%3A%20c")
    ],
    [
      "https://example.org/?q={parameter.Balance}",
      withBalance("it's (*)!"),
      value("https://example.org/?q=it%27s%20%28%2A%29%21")
    ],
    ["https://example.org/?q={parameter.Balance}", withBalance("\ud800"), value("https://example.org/?q=%EF%BF%BD")],
    [
      "https://example.org/?q={parameter.Balance}",
      withBalance("x".repeat(8_000)),
      { kind: "unavailable", reason: "a value is too long for an address" }
    ]
  ]
  filled.forEach(([template, data, expected], i) => {
    it(`${i + 1}: ${template} is filled as ${JSON.stringify(expected)}`, () => {
      assert.isTrue(Schema.is(UrlTemplate)(template))
      assert.deepStrictEqual(fill(template, data), expected)
    })
  })

  it("waits for fetched fields, and tells why they are not there", () => {
    const template = "https://example.org/?t={fetched.ticket}&n={number}"
    assert.deepStrictEqual(fillUrl(template, jana, { kind: "waiting" }), { kind: "waiting" })
    const unavailable = { kind: "unavailable", reason: "no answer" } as const
    assert.deepStrictEqual(fillUrl(template, jana, unavailable), unavailable)
    const ready = fillUrl(template, jana, { kind: "ready", fields: { ticket: "T/1" } })
    assert.deepStrictEqual(ready, value("https://example.org/?t=T%2F1&n=%2B420777123456"))
  })

  const nasty = [
    "/",
    "\\",
    "..",
    ".",
    "?",
    "#",
    "&",
    "=",
    "@",
    ":",
    "%",
    "%2e",
    "%2f",
    "//evil.example",
    "\r\n",
    "\t",
    "\0"
  ]
  nasty.push(
    "\u2028",
    "\ud800",
    "\udfff",
    "😀",
    "é",
    " ",
    "+",
    ";",
    "'",
    '"',
    "<",
    "{number}",
    "javascript:",
    "a",
    "1",
    "[::1]"
  )
  const Value = Schema.Array(Schema.Union([Schema.Literals(nasty), Schema.String])).check(Schema.isMaxLength(6))
  const templates = [
    "https://crm.example.org/{parameter.A}",
    "https://crm.example.org/a/{parameter.A}/{parameter.B}/edit?x={parameter.A}&y=1",
    "https://crm.example.org:8443/v{parameter.A}.{parameter.B}/%20#{parameter.B}",
    "http://user.example/?{parameter.A}={parameter.B}#/c/{parameter.A}",
    "https://crm.example.org/{parameter.A}{parameter.B}"
  ]
  const clean = (text: string) =>
    text
      .toWellFormed()
      .replace(/\p{Cc}+/gu, " ")
      .trim()
  /** What may not change: scheme, host, steps of the path and of the fragment, and the count of query fields. */
  const shape = ({ hash, host, pathname, protocol, search, username }: URL) => [
    ...[protocol, username, host, pathname.split("/").length, hash.split("/").length],
    ...[search.split("&").length, search.split("=").length]
  ]
  it.prop(
    "leads to the same place whatever the values are",
    { template: Schema.Literals(templates), a: Value, b: Value },
    ({ a, b, template }) => {
      const parameters = { A: a.join(""), B: b.join("") }
      const data = { ...jana, contact: { numbers: [], fields: {}, parameters } }
      const result = fillUrl(template, data, nothingFetched)
      const values = [parameters.A, parameters.B]
      if (result.kind === "missing") return assert.isTrue(values.some((each) => clean(each) === ""))
      if (result.kind === "unavailable") return assert.isTrue(values.some((each) => /\.|%2e/i.test(each)))
      assert.strictEqual(result.kind, "value")
      const text = result.kind === "value" ? result.text : ""
      const url = new URL(text)
      assert.deepStrictEqual(shape(url), shape(new URL(template.replace(/\{[^}]*\}/g, "x"))))
      assert.match(text, /^[\x21-\x7e]*$/)
      assert.notMatch(text, /%[01][0-9a-f]|%7f/i)
      if (url.searchParams.has("x")) assert.strictEqual(url.searchParams.get("x"), clean(parameters.A))
    },
    { arbitrary: { runs: 2_000, seed: 1 } }
  )
})

describe("a value that is an address", () => {
  it("is followed only where a browser may be sent", () => {
    const texts = ["https://example.org/a b", " http://example.org ", "javascript:alert(1)", "java\tscript:alert(1)"]
    texts.push(
      "data:text/html,x",
      "https://a:b@example.org/",
      "example.org",
      "",
      `https://example.org/${"a".repeat(9_000)}`
    )
    assert.deepStrictEqual(texts.map(safeLink), [
      "https://example.org/a%20b",
      "http://example.org/",
      ...[null, null, null, null, null, null, null]
    ])
  })
  it("has the host of its template", () => {
    assert.deepStrictEqual(
      ["https://crm.example.org:8443?a={number}", "http://[::1]/{number}", "HTTPS://CRM.example.org#x"].map(hostOf),
      ["crm.example.org:8443", "[::1]", "crm.example.org"]
    )
  })
})
