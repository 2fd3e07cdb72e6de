import type { ContactField } from "../domain/Contact.ts"
import { type CountryCode, toE164 } from "./phoneNumber.ts"

/** What the columns of a list probably are. */
export interface Mapping {
  /** In the order of the file. */
  readonly numberColumns: ReadonlyArray<string>
  readonly fieldColumns: Readonly<Partial<Record<ContactField, string>>>
}

/** Usual names in English, German, French, Spanish and Czech; compared without case, accents, spaces and signs. */
const usualNames: Readonly<Record<ContactField, string>> = {
  externalId:
    "id, external id, customer id, customer number, client id, contact id, lead id, vendor lead code, reference, ref, " +
    "account, account number, Kundennummer, Kunden-Nr, KdNr, Kunden-ID, Referenz, numéro client, n° client, " +
    "référence, identifiant, número de cliente, id cliente, referencia, identificador, číslo zákazníka, id zákazníka, " +
    "id klienta, zákazník, číslo klienta",
  title:
    "title, salutation, prefix, Anrede, Titel, civilité, titre, tratamiento, título, saludo, titul, oslovení, titul před",
  firstName:
    "first name, firstname, given name, forename, first, Vorname, prénom, nombre, nombre de pila, primer nombre, " +
    "jméno, křestní jméno, křestní",
  lastName:
    "last name, lastname, surname, family name, last, name, full name, Nachname, Familienname, Zuname, Name, nom, " +
    "nom de famille, apellido, apellidos, primer apellido, nombre completo, příjmení, jméno a příjmení, celé jméno",
  company:
    "company, company name, organisation, organization, business, employer, account name, Firma, Firmenname, " +
    "Unternehmen, société, entreprise, raison sociale, empresa, compañía, razón social, společnost, název firmy, " +
    "firma, organizace",
  email:
    "email, e-mail, email address, mail, E-Mail-Adresse, Mailadresse, courriel, adresse email, adresse e-mail, correo, " +
    "correo electrónico, e-mailová adresa",
  street:
    "street, address, address 1, address line 1, street address, Straße, Strasse, Str, Anschrift, Adresse, rue, " +
    "adresse, adresse 1, calle, dirección, domicilio, ulice, adresa, ulice a číslo",
  postcode:
    "postcode, post code, postal code, zip, zip code, zipcode, PLZ, Postleitzahl, code postal, cp, código postal, psč, " +
    "poštovní směrovací číslo",
  city: "city, town, place, Ort, Stadt, Wohnort, ville, localité, commune, ciudad, localidad, población, město, obec",
  region:
    "region, state, province, county, Bundesland, Kanton, région, département, provincia, estado, comunidad, región, " +
    "kraj, okres",
  country: "country, country code, Land, Staat, pays, país, země, stát",
  language: "language, lang, locale, Sprache, langue, idioma, lengua, jazyk",
  zone: "time zone, timezone, tz, Zeitzone, fuseau horaire, fuseau, zona horaria, huso horario, časové pásmo",
  segment:
    "segment, group, category, Segment, Gruppe, Kategorie, groupe, catégorie, grupo, categoría, segmento, skupina",
  priority: "priority, rank, Priorität, Rang, priorité, rang, prioridad, rango, priorita, pořadí",
  note:
    "note, notes, comment, comments, remark, remarks, Notiz, Bemerkung, Bemerkungen, Kommentar, Anmerkung, " +
    "remarque, commentaire, nota, notas, comentario, comentarios, observaciones, poznámka, poznámky"
}

const plain = (name: string): string =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]/gu, "")

const fieldOfName = new Map(
  Object.entries(usualNames).flatMap(([field, names]) =>
    names.split(", ").map((name) => [plain(name), field as ContactField] as const)
  )
)

const numberName =
  /^tel(?:no|nr|num|nummer|c|cislo)?\d*$|telefon|telephon|phone|mobil|handy|^cell|gsm|rufnummer|festnetz|movil|celular|^portable|fijo|fixe$|msisdn|dialnumber|numbertodial|^(?:number|numero|nummer|cislo)$/
const otherName = /fax|typ|exten|durchwahl|date|status|time|code$|owner|valid|consent|optin|source/

const sampleRows = 200

/** Shares of values, of those that are not empty, that are valid numbers; NaN for an empty column. */
export const validNumberShare = (values: ReadonlyArray<string>, country: CountryCode): number => {
  const filled = values.slice(0, sampleRows).filter((value) => value !== "")
  return filled.filter((value) => toE164(value, country) !== null).length / filled.length
}

/**
 * Suggests what each column is, by its name and by the first rows. A column named like a number but holding none is not
 * one; where no name says number, the columns whose values are mostly valid numbers are taken, if any.
 */
export const suggestMapping = (
  names: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  country: CountryCode
): Mapping => {
  const shares = names.map((_, index) =>
    validNumberShare(
      rows.map((row) => row[index] ?? ""),
      country
    )
  )
  const named = names.filter((name, index) => isNumberName(plain(name)) && !(shares[index] < 0.2))
  const byValue = names.filter((name, index) => shares[index] >= 0.8 && !fieldOfName.has(plain(name)))
  const numberColumns = named.length > 0 ? named : byValue
  const fieldColumns: Partial<Record<ContactField, string>> = {}
  for (const name of names) {
    const field = fieldOfName.get(plain(name))
    if (field !== undefined && !numberColumns.includes(name)) fieldColumns[field] ??= name
  }
  return { numberColumns, fieldColumns }
}

const isNumberName = (name: string): boolean => numberName.test(name) && !otherName.test(name)
