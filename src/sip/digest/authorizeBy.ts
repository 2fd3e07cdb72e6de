import type { Authorize } from "../wire/ClientTransactions.ts"
import { authorizing, challengeOf } from "./answerChallenge.ts"
import type { Credentials } from "./digest.ts"

/** Answers the challenge of a request that stands alone: each nonce is used once. `newToken`: a text nobody can guess. */
export const authorizeBy =
  (credentials: Credentials, newToken: (size: number) => string): Authorize =>
  (request, refusal) => {
    const found = challengeOf(refusal)
    if (found === undefined) return undefined
    const { body, method, uri } = request
    return authorizing(found.kind, found.challenge, credentials, { method, uri, body, cnonce: newToken(16), count: 1 })
  }
