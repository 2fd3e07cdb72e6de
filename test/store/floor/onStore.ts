import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import { join } from "node:path"
import { layer } from "../../../src/store/floor/floorFile.ts"
import { emptyFolder, withFiles } from "../files.ts"

/** Runs with a new store of its own. */
export const onStore = <A, E>(use: (path: string) => Effect.Effect<A, E, SqlClient.SqlClient>) =>
  withFiles(
    Effect.gen(function* () {
      const path = join(yield* emptyFolder, "floor.sqlite")
      return yield* Effect.provide(use(path), layer(path))
    })
  )
