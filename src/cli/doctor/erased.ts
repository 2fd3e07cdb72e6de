import { Effect, FileSystem } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { erasedPeople } from "../../store/floor/erasedPeople.ts"
import { secretPath } from "../../store/floor/secretFile.ts"
import { layer } from "../../store/Sqlite.ts"
import { lostAdvice, lostText } from "../floor/lostText.ts"
import { type Finding, ok, warning } from "./Finding.ts"

/** Whether people who were erased are known by their secret. Nothing where nobody was, or the store cannot be read now. */
export const erased = Effect.fnUntraced(function* ({ store }: FloorConfig) {
  const files = yield* FileSystem.FileSystem
  const none: ReadonlyArray<Finding> = []
  if (!(yield* Effect.orElseSucceed(files.exists(store), () => false))) return none
  const read = Effect.scoped(Effect.provide(erasedPeople(store), layer(store)))
  const people = yield* Effect.orElseSucceed(read, () => null)
  if (people === null || people.entries === 0) return none
  const check = "erased people"
  const lost = lostText(people)
  const all: Finding =
    lost === null
      ? ok(check, `their numbers (${people.entries}) are known by ${secretPath(store)}`)
      : warning(check, lost, lostAdvice)
  return [all]
})
