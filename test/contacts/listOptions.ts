import type { ListOptions } from "../../src/contacts/ListOptions.ts"

/** A Czech list with one number column, everything else found out. */
export const listOptions: ListOptions = {
  numberColumns: ["phone"],
  fieldColumns: {},
  ignoredColumns: [],
  country: "CZ",
  delimiter: null,
  encoding: null,
  header: null,
  forbidden: () => null,
  isKnown: () => false
}
