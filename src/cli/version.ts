import manifest from "../../package.json" with { type: "json" }

/** Version of the product, kept in every result. */
export const { version } = manifest
