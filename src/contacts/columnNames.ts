/**
 * Names of the columns of a header line: spaces around and inside made single, a name that is missing becomes
 * `column 3`, and one that was there already gets a number, `Phone (2)`. Empty columns at the end, which spreadsheets
 * leave behind, are not columns.
 */
export const columnNames = (header: ReadonlyArray<string>): ReadonlyArray<string> => {
  const tidy = header.map((name) => name.replace(/[\s\p{Cc}\ufeff]+/gu, " ").trim())
  while (tidy.length > 1 && tidy[tidy.length - 1] === "") tidy.pop()
  const taken = new Set<string>()
  return tidy.map((name, index) => {
    // An object's own way of naming its prototype cannot be the key of a parameter.
    const wanted = name === "" ? `column ${index + 1}` : name === "__proto__" ? "proto" : name
    let unique = wanted
    for (let count = 2; taken.has(unique); count += 1) unique = `${wanted} (${count})`
    taken.add(unique)
    return unique
  })
}
