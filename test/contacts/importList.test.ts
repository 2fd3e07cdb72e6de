import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Result, Stream } from "effect"
import { importList } from "../../src/contacts/importList.ts"
import type { ListOptions } from "../../src/contacts/ListOptions.ts"
import { ProblemSummary } from "../../src/contacts/Problem.ts"
import type { ImportItem } from "../../src/contacts/RowReader.ts"
import { listOptions } from "./listOptions.ts"

const pieces = (bytes: Uint8Array, size: number): Stream.Stream<Uint8Array> =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
  )
const itemsOf = (text: string | Uint8Array, options: Partial<ListOptions> = {}, size = 1_000) =>
  Effect.runPromise(
    importList(pieces(Buffer.from(text as string), size), { ...listOptions, ...options }).pipe(
      Stream.runCollect,
      Effect.result
    )
  )

/** One line for each item: contacts as their numbers, fields and parameters, problems by line and kind. */
const words = (item: ImportItem): string => {
  if (item.kind === "progress") return `${item.rows} rows`
  if (item.kind === "problem") {
    const { column, kind, leftOut, line, value } = item.problem
    return `${line} ${kind}${leftOut ? " left out" : ""}: ${column ?? ""} ${value}`.trimEnd()
  }
  const { fields, numbers, parameters } = item.contact
  return `${item.line} ${numbers.map(({ number }) => number).join(" ")} ${JSON.stringify({ ...fields, ...parameters })}`
}
const read = async (text: string | Uint8Array, options: Partial<ListOptions> = {}, size = 1_000) => {
  const result = await itemsOf(text, options, size)
  return Result.isFailure(result) ? result.failure.message : result.success.map(words)
}

describe("importing a list", () => {
  it("maps columns to numbers, fields and parameters, and leaves some out", async () => {
    const text = "id;phone;phone2;Jméno;secret;Dluh\n7;777123456;+1 212 555 0123;Jan;x;1 200\n"
    assert.deepStrictEqual(
      await read(text, {
        numberColumns: ["phone2", "phone"],
        fieldColumns: { externalId: "id", firstName: "Jméno" },
        ignoredColumns: ["secret"]
      }),
      ['2 +12125550123 +420777123456 {"externalId":"7","firstName":"Jan","Dluh":"1 200"}', "1 rows"]
    )
  })
  it("reports what is wrong with its line, and loads the rest", async () => {
    const text = [
      ["phone", "phone2", "zone", "note"],
      ["777123456", "", "Europe/Prague", "a"],
      ["12", "", "", "b"],
      ["", "", "", "c"],
      ["+420 777 123 456", "", "", "d"],
      ["777123457", "777123457", "", "e"],
      ["777999999", "777123458", "Mars", "f"],
      ["777123459", "", "", "g", "h"],
      ["777123460", "", "+01:00"],
      ["777123461", "", ""],
      ["777123462"],
      ["12", "777123463", "", "i\0"]
    ]
    const lines = text.map((row) => row.join(";")).join("\r\n")
    const found = await read(lines, {
      numberColumns: ["phone", "phone2"],
      fieldColumns: { zone: "zone", note: "note" },
      forbidden: (number) => (number === "+420777999999" ? { list: "own", wholeContact: false } : null)
    })
    assert.deepStrictEqual(found, [
      '2 +420777123456 {"zone":"Europe/Prague","note":"a"}',
      "3 invalid-number left out: phone 12",
      "4 no-number left out:",
      "5 duplicate left out: phone +420 777 123 456",
      "6 duplicate: phone2 777123457",
      '6 +420777123457 {"note":"e"}',
      "7 wrong-value: zone Mars",
      "7 do-not-call: phone 777999999",
      '7 +420777123458 {"note":"f"}',
      "8 wrong-row left out:  777123459 |  |  | g | h",
      "9 short-row: note",
      "9 wrong-value: zone +01:00",
      "9 +420777123460 {}",
      "10 short-row: note",
      "10 +420777123461 {}",
      "11 wrong-row left out:  777123462",
      "12 unreadable-text: note i\0",
      "12 invalid-number: phone 12",
      '12 +420777123463 {"note":"i"}',
      "11 rows"
    ])
  })
  it("leaves out a whole contact for one number of a person who must not be called", async () => {
    const options: Partial<ListOptions> = {
      numberColumns: ["phone", "phone2"],
      forbidden: (number) => (number === "+420777999999" ? { list: "erased people", wholeContact: true } : null)
    }
    const text = "phone,phone2\n777123456,777999999\n777123456,\n"
    assert.deepStrictEqual(await read(text, options), [
      "2 do-not-call left out: phone2 777999999",
      "3 +420777123456 {}",
      "2 rows"
    ])
  })
  it("leaves out what the campaign has already", async () => {
    const found = await read("phone\n777123456\n", { isKnown: () => true })
    assert.deepStrictEqual(found, ["2 duplicate left out: phone 777123456", "1 rows"])
  })
  it("tells equal and missing names of columns apart", async () => {
    const text = 'phone; "Phone  no" ;phone;;__proto__;;\n777123456;1;2;3;4;;\n777123457;1;2;3;4\n'
    assert.deepStrictEqual(await read(text), [
      '2 +420777123456 {"Phone no":"1","phone (2)":"2","column 4":"3","proto":"4"}',
      '3 +420777123457 {"Phone no":"1","phone (2)":"2","column 4":"3","proto":"4"}',
      "2 rows"
    ])
  })
  it("takes names from the caller where the file has no header", async () => {
    assert.deepStrictEqual(await read("777123456,x\n", { header: ["phone", "city"] }), [
      '1 +420777123456 {"city":"x"}',
      "1 rows"
    ])
  })
  it("keeps lines right after quoted line breaks and empty lines", async () => {
    const text = '\uFEFFphone;note\r\n777123456;"two\r\nlines"\r\n\r\nx;\r\n777123457;\r\n'
    assert.deepStrictEqual(await read(text, {}, 3), [
      '2 +420777123456 {"note":"two\\nlines"}',
      "5 invalid-number left out: phone x",
      '6 +420777123457 {"note":""}',
      "3 rows"
    ])
  })
  it("reads the same in pieces of any size", async () => {
    const text = Buffer.from('phone;note\r\n777123456;"čeština; ""x"""\r\n777123457;ž\r\n')
    const whole = await read(text)
    for (const size of [1, 2, 3, 7]) assert.deepStrictEqual(await read(text, {}, size), whole)
  })
  it("reads UTF-16 and reports bytes that a chosen encoding cannot read", async () => {
    const text = "phone;name\n777123456;Žofie\n"
    const contact = ['2 +420777123456 {"name":"Žofie"}', "1 rows"]
    assert.deepStrictEqual(await read(Buffer.from(`\uFEFF${text}`, "utf16le")), contact)
    assert.deepStrictEqual(await read(Buffer.from(text, "utf16le").swap16()), contact)
    const latin = Buffer.from("phone;name\n777123456;M\xfcller\n", "latin1")
    assert.deepStrictEqual(await read(latin, { encoding: "utf-8" }), [
      "2 unreadable-text: name M\ufffdller",
      '2 +420777123456 {"name":"M\ufffdller"}',
      "1 rows"
    ])
    assert.deepStrictEqual(await read(latin), ['2 +420777123456 {"name":"Müller"}', "1 rows"])
  })
  it("skips Excel's line of the separator and counts it", async () => {
    assert.deepStrictEqual(await read("sep=;\r\nphone;a,b\r\n777123456;1\r\n"), [
      '3 +420777123456 {"a,b":"1"}',
      "1 rows"
    ])
  })
})

describe("a file that is no list", () => {
  it("says so in a sentence", async () => {
    assert.strictEqual(await read(""), "The file is empty.")
    assert.match(String(await read(Buffer.from("PK\x03\x04xl/workbook"))), /^The file is an Excel or OpenDocument/)
    assert.strictEqual(await read("number;name\n1;2\n"), "There is no column phone; the columns are number, name.")
    assert.match(String(await read("phone\n1\n", { numberColumns: [] })), /^No column is chosen/)
    assert.match(String(await read("phone\n1\n", { ignoredColumns: ["phone"] })), /chosen for two things/)
    assert.match(String(await read('"phone\n1\n')), /^The header, line 1, cannot be read/)
  })
})

describe("a long import", () => {
  const endless = (counted: () => void): Stream.Stream<Uint8Array> =>
    Stream.fromIterable(
      (function* () {
        yield Buffer.from("phone\n")
        for (let i = 0; ; i += 1_000) {
          counted()
          yield Buffer.from(Array.from({ length: 1_000 }, (_, k) => `+420${601_000_000 + i + k}\n`).join(""))
        }
      })(),
      { chunkSize: 1 }
    )

  it.effect("reads no faster than its items are taken", () =>
    Effect.gen(function* () {
      let chunks = 0
      const source = endless(() => (chunks += 1))
      const first = yield* importList(source, listOptions).pipe(Stream.take(5), Stream.runCollect)
      assert.deepStrictEqual([first.length, chunks < 10], [5, true])
    })
  )
  it.effect("can be interrupted, and closes its source", () =>
    Effect.gen(function* () {
      const started = yield* Deferred.make<void>()
      const closed = yield* Deferred.make<void>()
      const source = endless(() => undefined).pipe(Stream.ensuring(Deferred.succeed(closed, undefined)))
      const import_ = yield* importList(source, listOptions).pipe(
        Stream.runForEach((item) => (item.kind === "progress" ? Deferred.succeed(started, undefined) : Effect.void)),
        Effect.forkChild
      )
      yield* Deferred.await(started)
      yield* Fiber.interrupt(import_)
      yield* Deferred.await(closed)
    })
  )
  it.effect("fails as its source does, after what was good", () =>
    Effect.gen(function* () {
      const source = Stream.concat(
        Stream.make(Buffer.from(`phone\n777123456\n${"777123456\n".repeat(9_000)}`)),
        Stream.fail("disk")
      )
      const seen: Array<string> = []
      const result = yield* importList(source, listOptions).pipe(
        Stream.runForEach((item) => Effect.sync(() => seen.push(item.kind))),
        Effect.result
      )
      assert.deepStrictEqual([result, seen[0]], [Result.fail("disk"), "contact"])
    })
  )
})

describe("problems in short", () => {
  it("are counted by kind, with the first lines", () => {
    const summary = new ProblemSummary(2)
    for (let line = 1; line <= 5; line += 1) {
      const kind = line === 4 ? "wrong-row" : "duplicate"
      summary.add({ kind, line, column: null, value: "", message: "", leftOut: line > 2 })
    }
    assert.deepStrictEqual(
      summary.groups.map(({ count, first, kind, leftOut }) => [kind, count, leftOut, first.map(({ line }) => line)]),
      [
        ["wrong-row", 1, 1, [4]],
        ["duplicate", 4, 2, [1, 2]]
      ]
    )
  })
})
