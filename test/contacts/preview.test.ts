import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { previewList, type PreviewOptions } from "../../src/contacts/previewList.ts"
import { suggestMapping } from "../../src/contacts/suggestMapping.ts"

const suggest = (header: string, ...rows: ReadonlyArray<string>) =>
  suggestMapping(
    header.split(";"),
    rows.map((row) => row.split(";")),
    "CZ"
  )

describe("a suggested mapping", () => {
  const cases: ReadonlyArray<readonly [language: string, header: string, numbers: string, fields: string]> = [
    [
      "English",
      "Customer ID;First Name;Last Name;Company Name;Home Phone;Mobile;Fax;Phone Type;ZIP;City;Time Zone",
      "Home Phone;Mobile",
      "externalId=Customer ID;firstName=First Name;lastName=Last Name;company=Company Name;postcode=ZIP;city=City;zone=Time Zone"
    ],
    [
      "German",
      "Kunden-Nr.;Anrede;Vorname;Nachname;Straße;PLZ;Ort;Telefon privat;Handy;Telefax;Bemerkung",
      "Telefon privat;Handy",
      "externalId=Kunden-Nr.;title=Anrede;firstName=Vorname;lastName=Nachname;street=Straße;postcode=PLZ;city=Ort;note=Bemerkung"
    ],
    [
      "French",
      "Civilité;Prénom;Nom;Société;Tél.;Portable;Code postal;Ville;Courriel",
      "Tél.;Portable",
      "title=Civilité;firstName=Prénom;lastName=Nom;company=Société;postcode=Code postal;city=Ville;email=Courriel"
    ],
    [
      "Spanish",
      "Nombre;Apellidos;Empresa;Teléfono fijo;Móvil;Código postal;Ciudad;Provincia",
      "Teléfono fijo;Móvil",
      "firstName=Nombre;lastName=Apellidos;company=Empresa;postcode=Código postal;city=Ciudad;region=Provincia"
    ],
    [
      "Czech",
      "Jméno;Příjmení;Telefon;Telefon 2;Mobil;PSČ;Město;Poznámka;Dluh",
      "Telefon;Telefon 2;Mobil",
      "firstName=Jméno;lastName=Příjmení;postcode=PSČ;city=Město;note=Poznámka"
    ],
    [
      "VICIdial",
      "vendor_lead_code;phone_code;phone_number;title;first_name;last_name;address1;city;state;postal_code;alt_phone;rank",
      "phone_number;alt_phone",
      "externalId=vendor_lead_code;title=title;firstName=first_name;lastName=last_name;street=address1;city=city;region=state;postcode=postal_code;priority=rank"
    ]
  ]
  for (const [language, header, numbers, fields] of cases) {
    it(`knows the usual names in ${language}`, () => {
      const { fieldColumns, numberColumns } = suggest(header)
      assert.strictEqual(numberColumns.join(";"), numbers)
      const found = Object.entries(fieldColumns).map(([field, column]) => `${field}=${column}`)
      assert.deepStrictEqual(found.sort(), fields.split(";").sort())
    })
  }
  it("does not take a column named like a number that holds none", () => {
    assert.deepStrictEqual(suggest("phone;mobile", "home;777123456", "work;777123457").numberColumns, ["mobile"])
  })
  it("looks at the values where no name says number", () => {
    assert.deepStrictEqual(suggest("a;b", "777123456;1", "777123457;2").numberColumns, ["a"])
  })
})

const options: PreviewOptions = { country: "CZ", delimiter: null, encoding: null, hasHeader: null }
const preview = (bytes: Uint8Array, given: Partial<PreviewOptions> = {}) =>
  previewList(Stream.make(bytes), { ...options, ...given })

describe("a preview", () => {
  it.effect("shows the first rows, the columns and what they probably are", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 50 }, (_, i) => `${i};777123${100 + i}`).join("\r\n")
      const found = yield* preview(Buffer.from(`id;Mobil\r\n${rows}\r\n`))
      assert.deepStrictEqual(found.format, { encoding: null, delimiter: ";", separatorLine: false })
      assert.deepStrictEqual(found.columns, [
        { name: "id", validNumbers: 0 },
        { name: "Mobil", validNumbers: 1 }
      ])
      assert.deepStrictEqual(found.suggestion, { numberColumns: ["Mobil"], fieldColumns: { externalId: "id" } })
      assert.deepStrictEqual([found.rows.length, found.rows[0]?.line, found.doubts], [20, 2, []])
    })
  )
  it.effect("sees that there is no header", () =>
    Effect.gen(function* () {
      const found = yield* preview(Buffer.from("777123456,Praha,\n777123457,Brno,\n"))
      assert.deepStrictEqual(
        [found.hasHeader, found.columns.map(({ name }) => name), found.suggestion.numberColumns, found.rows[0]?.line],
        [false, ["column 1", "column 2", "column 3"], ["column 1"], 1]
      )
    })
  )
  it.effect("doubts an encoding that is wrong or a guess", () =>
    Effect.gen(function* () {
      const utf8 = Buffer.from("phone;name\n777123456;Žofie\n")
      const latin = Buffer.from("phone;name\n777123456;M\xfcller\n", "latin1")
      const doubts = yield* Effect.all([
        preview(utf8),
        preview(utf8, { encoding: "windows-1250" }),
        preview(latin),
        preview(latin, { encoding: "utf-8" }),
        preview(Buffer.concat([Buffer.from("\uFEFF"), utf8]), { encoding: "windows-1250" })
      ])
      assert.deepStrictEqual(
        doubts.map((each) => each.doubts),
        [
          [],
          ["The file is valid UTF-8; read as windows-1250 its accents are wrong."],
          ["The encoding windows-1252 is a guess: look whether the accents are right."],
          ["1 characters cannot be read as utf-8; try another encoding."],
          ["The file says itself that it is utf-8; that is taken instead of windows-1250."]
        ]
      )
    })
  )
  it.effect("reads no more than the beginning", () =>
    Effect.gen(function* () {
      let chunks = 0
      const source = Stream.fromIterable(
        (function* () {
          for (;;) {
            chunks += 1
            yield Buffer.from("777123456;x\n".repeat(1_000))
          }
        })(),
        { chunkSize: 1 }
      )
      const found = yield* previewList(source, options)
      assert.deepStrictEqual([found.rows.length, chunks < 10], [20, true])
    })
  )
})
