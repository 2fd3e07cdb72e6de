import { Schema } from "effect"
import { shareTolerance } from "./Distribution.ts"
import { Name, Share } from "../../src/yaml/fields.ts"

/** What shares add to, without a rounding tail. */
export const sumOf = (shares: ReadonlyArray<number>): number =>
  Number(shares.reduce((total, share) => total + share, 0).toFixed(6))

/** A share for each of some names; together at most 1. `title` says of what. */
export const SharesByName = (title: string) =>
  Schema.Record(Name, Share)
    .annotate({ title })
    .check(
      Schema.makeFilter((shares: Readonly<Record<string, number>>) => {
        const sum = sumOf(Object.values(shares))
        return sum <= 1 + shareTolerance ? undefined : `shares that add to at most 1 (these add to ${sum})`
      })
    )
    .annotate({ title })
