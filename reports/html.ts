/** Markup that is already safe to stand in a page. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content = string | number | Html | null | ReadonlyArray<Html>

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Text made safe for element content and for quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character])

/** Trusts `text` as markup. Only for what we wrote or rendered ourselves. */
export const raw = (text: string): Html => new Html(text)

/** A number is never parted from its percent sign at the end of a line. */
const keptTogether = (text: string): string => text.replace(/(\d) %/g, "$1\u00a0%")

const fill = (value: Content): string => {
  if (value === null) return ""
  if (value instanceof Html) return value.text
  if (typeof value === "string" || typeof value === "number") return escapeHtml(keptTogether(String(value)))
  return value.map((part) => part.text).join("")
}

/** Template tag: everything put in is escaped unless it is `Html` itself. `null` is nothing. */
export const html = (strings: TemplateStringsArray, ...values: ReadonlyArray<Content>): Html =>
  new Html(strings.reduce((text, part, i) => text + fill(values[i - 1] ?? null) + part))
