import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { detectDelimiter } from "../../src/contacts/delimiter.ts"
import { detectEncoding, type Encoding, ListDecoder } from "../../src/contacts/encoding.ts"
import { formatOf } from "../../src/contacts/ListFormat.ts"

const tableOf = (encoding: Encoding): ReadonlyMap<string, number> => {
  const decoder = new TextDecoder(encoding)
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
}
const encode = (text: string, encoding: Encoding): Uint8Array => {
  if (encoding === "utf-8") return Buffer.from(text)
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le")
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16()
  const table = tableOf(encoding)
  return Uint8Array.from(text, (character) => table.get(character) ?? 63)
}

const czech = "jméno;město\nŽofie Dvořáková;Plzeň\nJiří Šťastný;České Budějovice\nLuděk Ťok;Ústí nad Labem\n".repeat(5)
const german = "Vorname;Straße\nJürgen Müller;Königstraße\nBärbel Größer;Am Bächle\n".repeat(5)
const russian = "имя;город\nАлексей Иванов;Москва\nЕкатерина Смирнова;Нижний Новгород\n".repeat(5)
const greek = "όνομα;πόλη\nΓιώργος Παπαδόπουλος;Θεσσαλονίκη\nΕλένη Νικολάου;Αθήνα\n".repeat(5)

describe("encodings", () => {
  const cases: ReadonlyArray<readonly [Encoding, string]> = [
    ["utf-8", czech],
    ["utf-16le", czech],
    ["utf-16be", german],
    ["windows-1250", czech],
    ["windows-1252", german],
    ["windows-1251", russian],
    ["iso-8859-2", czech],
    ["windows-1253", greek],
    ["windows-1252", "prénom;ville\nÉloïse Lefèvre;Nîmes\nFrançois Hébert;Orléans\n"],
    ["windows-1252", "nombre;ciudad\nIñaki Núñez;León\nMaría Peña;Cádiz\n"],
    ["windows-1252", "navn;by\nBjørn Sørensen;Århus\n"],
    ["windows-1250", "imię;miasto\nŁukasz Wiśniewski;Łódź\nGrażyna Dąbrowska;Kraków\n"],
    ["windows-1250", "jméno\nJiří\n"],
    ["windows-1254", "ad;şehir\nAyşe Yıldız;Iğdır\nÖmer Çağlar;Şişli\n"],
    ["windows-1257", "vardas;miestas\nŽydrūnas Kazlauskas;Šiauliai\nRūta Jonaitė;Panevėžys\n"],
    ["koi8-r", russian]
  ]
  for (const [encoding, text] of cases) {
    it(`reads ${encoding} as what it is`, () => {
      const bytes = encode(text, encoding)
      const found = detectEncoding(bytes, false)
      assert.strictEqual(new TextDecoder(found ?? "utf-8").decode(bytes), text)
    })
  }
  it("believes a byte-order mark", () => {
    assert.strictEqual(detectEncoding(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), false), "utf-8")
    assert.strictEqual(detectEncoding(Uint8Array.of(0xff, 0xfe, 0x61, 0), false), "utf-16le")
    assert.strictEqual(detectEncoding(Uint8Array.of(0xfe, 0xff, 0, 0x61), false), "utf-16be")
  })
  it("takes UTF-8 that is cut inside a character for UTF-8", () => {
    const bytes = Buffer.from("Žofie").subarray(0, 1)
    assert.deepStrictEqual([detectEncoding(bytes, true), detectEncoding(bytes, false) === "utf-8"], ["utf-8", false])
  })
  it("stays undecided while all is ASCII, and decides on the first accent", () => {
    const utf8 = new ListDecoder(null)
    assert.deepStrictEqual([utf8.decode(Buffer.from("abc;")), utf8.encoding], ["abc;", null])
    assert.strictEqual(utf8.decode(Buffer.from("Plzeň")), "Plzeň")
    const windows = new ListDecoder(null)
    windows.decode(Buffer.from("name;city\n".repeat(20)))
    assert.strictEqual(windows.decode(encode(german, "windows-1252")), german)
    assert.strictEqual(windows.encoding, "windows-1252")
  })
})

describe("delimiters", () => {
  it("finds the one that stands as often in every line", () => {
    assert.strictEqual(detectDelimiter("a;b;c\n1,5;2,5;3,5\n"), ";")
    assert.strictEqual(detectDelimiter("a,b,c\n1,2,3\n"), ",")
    assert.strictEqual(detectDelimiter("a\tb\n1\t2\n"), "\t")
    assert.strictEqual(detectDelimiter("a|b\n1|2\n"), "|")
  })
  it("does not look inside quotes, and takes a comma where there is none", () => {
    assert.strictEqual(detectDelimiter('"a,b,c";x\n"d,e,f";y\n'), ";")
    assert.strictEqual(detectDelimiter("+420777123456\n+420777123457\n"), ",")
  })
})

const sentence = (bytes: Uint8Array): string => {
  const format = formatOf(bytes, false, { encoding: null, delimiter: null })
  return Result.isFailure(format) ? format.failure.message : JSON.stringify(format.success)
}

describe("files that are no list", () => {
  it("are named for what they are", () => {
    assert.match(sentence(Buffer.from("PK\x03\x04rest")), /Excel or OpenDocument workbook/)
    assert.match(sentence(Buffer.from("\xd0\xcf\x11\xe0", "latin1")), /old kind/)
    assert.match(sentence(Buffer.from("%PDF-1.7")), /PDF/)
    assert.match(sentence(Buffer.from("\uFEFF<html><table>")), /web page/)
    assert.match(sentence(Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256)), /no text/)
    assert.match(sentence(new Uint8Array(500)), /no text/)
  })
  it("are empty, also when they have only a byte-order mark and line ends", () => {
    for (const text of ["", "\uFEFF", "\r\n\r\n", "\uFEFF \n"]) {
      assert.strictEqual(sentence(Buffer.from(text)), "The file is empty.")
    }
  })
  it("Excel's line of the separator is not one of the rows", () => {
    assert.strictEqual(
      sentence(Buffer.from("sep=|\r\na|b\r\n")),
      '{"encoding":null,"delimiter":"|","separatorLine":true}'
    )
  })
})
