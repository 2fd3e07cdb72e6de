import { Schema } from "effect"
import { Name } from "../../src/yaml/fields.ts"
import { SharesByName } from "./shares.ts"

/** Columns of a list beside names and numbers, with what stands in them. */
export const ListParameters = Schema.Record(Name, SharesByName("shares by value")).annotate({
  title: "shares by value, for each column"
})
