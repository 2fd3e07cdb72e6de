import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { type CallData, type Fetched, nothingFetched } from "../../../src/domain/card/CallData.ts"
import { type Card, decodeCard } from "../../../src/domain/card/Card.ts"
import { cardOf } from "../../../src/domain/card/cardOf.ts"
import { fillText, plainText } from "../../../src/domain/card/textTemplate.ts"
import { jana, stranger } from "./calls.ts"

const card = (input: unknown): Card =>
  Result.match(decodeCard(input), {
    onSuccess: (decoded) => decoded,
    onFailure: (problems) => assert.fail(JSON.stringify(problems))
  })
const problems = (input: unknown): ReadonlyArray<string> =>
  Result.match(decodeCard(input), {
    onSuccess: () => [],
    onFailure: (all) => all.map(({ allowed, found, path }) => `${path}: ${found}; ${allowed}`)
  })

const internal = { campaign: "Renewals", direction: "outbound", source: { kind: "internal" }, fields: [] }
const mixed = {
  ...internal,
  source: { kind: "mixed", url: "https://crm.example.org/?q={number}", timeoutMillis: 800 }
}

describe("a card", () => {
  const formats = card({
    ...internal,
    fields: [
      { field: "lastName", label: "Name" },
      { field: "number", label: "Number", format: "phone" },
      { field: "parameter.Balance", label: "Balance", format: "phone" },
      { field: "parameter.Ends", label: "Ends", format: "date", hint: "Within 30 days, {firstName} may renew." },
      { field: "lastName", label: "Born", format: "date" },
      { field: "parameter.Page", label: "Page", format: "link" },
      { field: "parameter.Web", label: "Web", format: "link" },
      { field: "email", label: "E-mail", format: "email" },
      { field: "parameter.None", label: "None" },
      { field: "agent", label: "Agent" }
    ],
    hints: ["Ask for {firstName} {city}."]
  })

  it("shows each value by its format, and as text where it does not fit", () => {
    const { hints, lines, page } = cardOf(jana, formats, nothingFetched)
    assert.deepStrictEqual(
      lines.map(({ value }) => value),
      [
        { kind: "text", text: "Nováková" },
        { kind: "phone", number: "+420777123456" },
        { kind: "text", text: "1200.50" },
        { kind: "date", day: "2026-12-01" },
        { kind: "text", text: "Nováková" },
        { kind: "link", url: "https://example.org/a%20b" },
        { kind: "text", text: "javascript:alert(1)" },
        { kind: "missing" },
        { kind: "missing" },
        { kind: "text", text: "Petr" }
      ]
    )
    assert.deepStrictEqual(lines.map(({ label }) => label).slice(0, 3), ["Name", "Number", "Balance"])
    assert.strictEqual(plainText(lines[3].hint), "Within 30 days, Jana may renew.")
    assert.deepStrictEqual(hints, [
      [
        { kind: "text", text: "Ask for " },
        { kind: "field", name: "firstName", value: { kind: "value", text: "Jana" } },
        { kind: "text", text: " " },
        { kind: "field", name: "city", value: { kind: "missing" } },
        { kind: "text", text: "." }
      ]
    ])
    assert.isNull(page)
  })
  it("of a caller nobody knows shows the labels and what is known of the call", () => {
    const { lines } = cardOf(stranger, formats, nothingFetched)
    assert.deepStrictEqual(
      lines.map(({ value }) => value.kind),
      [...Array.from({ length: 9 }, () => "missing"), "text"]
    )
  })
  it("writes an e-mail address only where it is one and nothing more", () => {
    const fields = [{ field: "email", label: "E-mail", format: "email" }]
    const shownAs = (email: string) => {
      const data: CallData = { ...jana, contact: { numbers: [], fields: { email }, parameters: {} } }
      return cardOf(data, card({ ...internal, fields }), nothingFetched).lines[0].value.kind
    }
    assert.deepStrictEqual([" a@example.org ", "a@b@c", "a@example.org?bcc=b@example.org"].map(shownAs), [
      "email",
      "text",
      "text"
    ])
  })
  it("that is external gives the page, or why there is none", () => {
    const external = (url: string) => card({ ...internal, source: { kind: "external", url } })
    const page = (url: string, data: CallData) => cardOf(data, external(url), nothingFetched).page
    const url = "https://crm.example.org/c/{externalId}?tel={number}"
    assert.deepStrictEqual(page(url, jana), {
      kind: "link",
      url: "https://crm.example.org/c/A%2017?tel=%2B420777123456"
    })
    assert.deepStrictEqual(page(url, stranger), { kind: "missing" })
  })
  it("that is mixed shows its own fields at once, the fetched ones when they are there or why they are not", () => {
    const fields = ["lastName", "fetched.status", "fetched.none"].map((field) => ({ field, label: field }))
    const links = [{ label: "Ticket", url: "https://crm.example.org/t/{fetched.ticket}" }]
    const shown = (fetched: Fetched) => {
      const filled = cardOf(jana, card({ ...mixed, fields, links }), fetched)
      return [...filled.lines, ...filled.links].map(({ value }) => value)
    }
    const name = { kind: "text", text: "Nováková" } as const
    const waiting = { kind: "waiting" } as const
    assert.deepStrictEqual(shown(waiting), [name, waiting, waiting, waiting])
    const unavailable = { kind: "unavailable", reason: "crm.example.org did not answer within 800 ms" } as const
    assert.deepStrictEqual(shown(unavailable), [name, unavailable, unavailable, unavailable])
    assert.deepStrictEqual(shown({ kind: "ready", fields: { status: "gold", ticket: "T/1" } }), [
      name,
      { kind: "text", text: "gold" },
      { kind: "missing" },
      { kind: "link", url: "https://crm.example.org/t/T%2F1" }
    ])
  })
  it("fills text without a value with a gap that can be read", () => {
    assert.strictEqual(
      plainText(fillText("{title} {lastName}, {fetched.x}", jana, { kind: "waiting" })),
      "… Nováková, …"
    )
  })
})

describe("a wrong card", () => {
  it("is told what is wrong, what stands there and what is allowed", () => {
    const wrong = {
      campaign: " Renewals",
      direction: "both",
      source: { kind: "mixed", url: "https://{city}/", timeoutMillis: 50, header: "x" },
      fields: [
        { field: "firstname", label: "Name" },
        { field: "city", label: "", format: "phon" }
      ],
      hints: ["{first name}"],
      links: [{ label: "CRM", url: "crm.example.org" }]
    }
    const found = problems(wrong)
    assert.deepStrictEqual(
      found.map((each) => each.split(":")[0]),
      [
        ...["campaign", "direction", "source.header", "source.url", "source.timeoutMillis"],
        ...["fields[0].field", "fields[1].label", "fields[1].format", "hints[0]", "links[0].url"]
      ]
    )
    assert.include(found, 'campaign: " Renewals"; a line of 1 to 200 characters')
    assert.include(found, 'source.url: "https://{city}/"; a host after ://')
    assert.include(found, "source.timeoutMillis: 50; 100 to 10000 milliseconds")
    assert.include(found, 'source.header: "x"; no key of this name')
    assert.include(found.join("\n"), 'fields[0].field: "firstname"; a field: externalId, title, firstName')
    assert.deepStrictEqual(problems({ ...internal, source: undefined })[0].split(":")[0], "source")
    assert.deepStrictEqual(problems({ direction: "inbound", source: { kind: "internal" }, fields: [] }), [
      "campaign: nothing; a value; this one is needed"
    ])
  })
  it("names fetched fields only where they exist by then", () => {
    const field = { field: "fetched.status", label: "Status" }
    const link = { label: "Ticket", url: "https://example.org/?t={fetched.ticket}" }
    const only = "fetched fields on a mixed card only"
    assert.deepStrictEqual(problems({ ...internal, fields: [field], hints: ["", "{fetched.a}"], links: [link] }), [
      `fields[0].field: "fetched.status"; ${only}`,
      `hints[1]: "fetched.a"; ${only}`,
      `links[0].url: "fetched.ticket"; ${only}`
    ])
    const source = { kind: "mixed", url: "https://example.org/?t={fetched.ticket}", timeoutMillis: 800 }
    assert.deepStrictEqual(problems({ ...internal, source, fields: [field] }), [
      'source.url: "fetched.ticket"; fields known before the fetch'
    ])
    assert.deepStrictEqual(problems({ ...mixed, fields: [field], links: [link] }), [])
  })
})
