/* Places in plain data, such as parsed YAML or JSON, for whoever is told what is wrong with it. */

export type Path = ReadonlyArray<PropertyKey>

/** `steps[2].question.min`; empty for the whole. */
export const pathText = (path: Path): string =>
  path
    .reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`), "")
    .replace(/^\./, "")

/** What stands at a path; undefined where nothing does. What every object inherits does not count. */
export const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input
  )
