import { Effect, FileSystem, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { replaceFile } from "../replaceFile.ts"
import { systemError } from "../writeProblem.ts"

/** Where the secret of a store lies: beside it, not in it, so that a copy of the store alone gives no number away. */
export const secretPath = (store: string): string => `${store}.secret`

const secretBytes = 32

/** Why the secret of a store cannot be had. */
export class SecretProblem extends Schema.TaggedError<SecretProblem>()("SecretProblem", {
  path: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `the secret ${this.path}, which erased people are known by, cannot be used: ${this.detail}`
  }
}

/** The secret of a store, or null where there is none. */
export const readSecret = Effect.fn("readSecret")(function* (store: string) {
  const files = yield* FileSystem.FileSystem
  const path = secretPath(store)
  const found = yield* files.readFile(path).pipe(
    Effect.catch((error) => {
      if (error.reason._tag === "NotFound") return Effect.succeed(null)
      return Effect.fail(new SecretProblem({ path, detail: systemError(error).message }))
    })
  )
  if (found === null || found.length === secretBytes) return found
  return yield* new SecretProblem({ path, detail: `it has ${found.length} bytes instead of ${secretBytes}` })
})

/**
 * The secret of a store; where there is none it is made, for this user alone to read, and on the disk when it is done. One
 * that is there is never written over. The store must belong to this process, so that nobody else makes one meanwhile.
 */
export const makeSecret = Effect.fn("makeSecret")(function* (store: string) {
  const found = yield* readSecret(store)
  if (found !== null) return found
  const files = yield* FileSystem.FileSystem
  const random = yield* SecureRandom.SecureRandom
  const secret = yield* random.randomBytes(secretBytes)
  const path = secretPath(store)
  yield* replaceFile(path, (temporary) => files.writeFile(temporary, secret, { mode: 0o600 })).pipe(
    Effect.mapError(({ message }) => new SecretProblem({ path, detail: message }))
  )
  return secret
}, Effect.provide(SecureRandom.layerWebCrypto))
