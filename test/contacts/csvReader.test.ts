import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { CsvReader, rowBytesMax } from "../../src/contacts/CsvReader.ts"

/** Rows as `line: cells`, broken lines as `line! text`; the text is given in pieces of `step` characters. */
const read = (text: string, delimiter = ";", step = 5): ReadonlyArray<string> => {
  const reader = new CsvReader(delimiter)
  const rows = []
  for (let at = 0; at < text.length; at += step) rows.push(...reader.write(text.slice(at, at + step)))
  rows.push(...reader.end())
  return rows.map((row) => (row.kind === "row" ? `${row.line}: ${row.cells.join("|")}` : `${row.line}! ${row.text}`))
}

describe("reading rows", () => {
  it("takes all three line ends, also mixed, and counts lines as an editor does", () => {
    assert.deepStrictEqual(read("a;b\r\n1;2\n3;4\r5;6\r\n\r\n7;8"), ["1: a|b", "2: 1|2", "3: 3|4", "4: 5|6", "6: 7|8"])
  })
  it("takes a line break inside quotes as part of the value; the row has the line it begins on", () => {
    assert.deepStrictEqual(read('a;b\r\n"x\r\n\r\ny";2\r\n3;4\r\n'), ["1: a|b", "2: x\n\ny|2", "5: 3|4"])
  })
  it("takes doubled quotes, delimiters in quotes, and quotes inside an unquoted value", () => {
    assert.deepStrictEqual(read('a;b\n"say ""hi""";"1;2"\n5" pipe;x\n'), ["1: a|b", '2: say "hi"|1;2', '3: 5" pipe|x'])
  })
  it("takes rows of several lines with more or fewer empty cells at the end than the header", () => {
    assert.deepStrictEqual(read('a;b;;\n1;"x\ny"\n2;"x\ny";;;\n'), ["1: a|b||", "2: 1|x\ny", "4: 2|x\ny|||"])
  })
  it("trims values, but not inside quotes", () => {
    assert.deepStrictEqual(read('a ; b\n " x " ;  y  \n'), ["1: a|b", "2:  x |y"])
  })
  it("gives nothing for nothing", () => {
    assert.deepStrictEqual([read(""), read("\n\r\n\n")], [[], []])
  })
  it("takes a last row without a line end, and one that ends in a return", () => {
    assert.deepStrictEqual([read("a;b"), read("a;b\r")], [["1: a|b"], ["1: a|b"]])
  })
})

describe("a broken line costs one line", () => {
  it("when its quote is never closed", () => {
    assert.deepStrictEqual(read('a;b\n1;"2\n3;4\n5;6\n'), ["1: a|b", '2! 1;"2', "3: 3|4", "4: 5|6"])
  })
  it("when its quote is closed by the next one of the file", () => {
    assert.deepStrictEqual(read('a;b;c\n1;"2;x\n3;"4";y\n5;6;z\n'), ["1: a|b|c", '2! 1;"2;x', "3: 3|4|y", "4: 5|6|z"])
  })
  it("when rows run together and the columns no longer fit", () => {
    assert.deepStrictEqual(read('a;b\n1;"2\n3;";4\n5;6\n'), ["1: a|b", '2! 1;"2', '3! 3;";4', "4: 5|6"])
  })
  it("when it is longer than any row of a list, with or without delimiters", () => {
    const long = "x".repeat(rowBytesMax + 10)
    const rows = read(`a;b\n1;${long}\n3;4\n${";".repeat(3 * rowBytesMax)}\n5;6\n`, ";", 10_000)
    assert.deepStrictEqual(
      rows.map((row) => row.slice(0, 7)),
      ["1: a|b", "2! 1;xx", "3: 3|4", "4! ;;;;", "5: 5|6"]
    )
  })
  it("when the quote opens in the last line", () => {
    assert.deepStrictEqual(read('a;b\n1;2\n"'), ["1: a|b", "2: 1|2", '3! "'])
  })
  it("gives up on a file where that never ends, in bounded time", () => {
    const reader = new CsvReader(";")
    reader.write("a;b;c\n")
    const broken = '"a"b\n'.repeat(3_000)
    for (let i = 0; i < 40 && !reader.gaveUp; i += 1) reader.write(broken)
    assert.isTrue(reader.gaveUp)
    assert.deepStrictEqual([reader.write("1;2;3\n"), reader.end()], [[], []])
  })
})

const Cell = Schema.String.check(Schema.isMaxLength(12))
const Rows = Schema.Array(Schema.Tuple([Cell, Cell, Cell])).check(Schema.isMaxLength(20))
const Hard = Schema.Array(Schema.Literals(['"', ";", ",", "\n", "a", " ", "\t", '""'])).check(Schema.isMaxLength(8))
const HardRows = Schema.Array(Schema.Tuple([Hard, Hard, Hard])).check(Schema.isMaxLength(12))
const Step = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 9 }))

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
/** Lone surrogates do not survive encoding, and returns become line feeds. */
const kept = (cell: string): string => cell.toWellFormed().replace(/\r\n?/g, "\n")

const agrees = (rows: ReadonlyArray<ReadonlyArray<string>>, delimiter: string, step: number): void => {
  const text = [["x", "y", "z"], ...rows].map((row) => row.map(quoted).join(delimiter)).join("\n")
  const reader = new CsvReader(delimiter)
  const found = []
  for (let at = 0; at < text.length; at += step) found.push(...reader.write(text.slice(at, at + step)))
  found.push(...reader.end())
  assert.deepStrictEqual(
    found.slice(1).map((row) => (row.kind === "row" ? row.cells : row)),
    rows.map((row) => row.map(kept))
  )
}

describe("what is quoted comes back", () => {
  it.prop("any text, in pieces of any size", { rows: Rows, step: Step }, ({ rows, step }) => {
    // A piece must not end inside a pair of surrogates: the decoder before it never does that.
    agrees(
      rows.map((row) => row.map((cell) => cell.replace(/[\ud800-\udfff]/g, "?"))),
      ";",
      step
    )
  })
  it.prop("texts of nothing but signs that mean something", { rows: HardRows, step: Step }, ({ rows, step }) => {
    const cells = rows.map((row) => row.map((parts) => parts.join("")))
    for (const delimiter of [",", ";", "\t"]) agrees(cells, delimiter, step)
  })
})
