import { Schema } from "effect"
import { Name, required } from "../../src/yaml/fields.ts"
import { SharesByName } from "./shares.ts"

/** What people answer when agents ask the questions of their script. */
export const Script = Schema.Struct({
  questions: required(
    Schema.Record(Name, SharesByName("shares by answer")).annotate({ title: "shares by answer, for each question" }),
    "Of the people an agent talked to, how many gave each answer; what is left of 1 gave none. Rules ask by these names."
  )
})
