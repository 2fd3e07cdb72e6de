import { readFileSync } from "node:fs"

const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8")

/** Version of the product, kept in every result. */
export const { version } = JSON.parse(manifest) as { readonly version: string }
