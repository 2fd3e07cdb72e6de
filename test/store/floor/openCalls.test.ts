import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type OpenCall, openCalls, writeOpenCalls } from "../../../src/store/floor/openCalls.ts"
import { onStore } from "./onStore.ts"

const anna: OpenCall = { id: "a'1@x", trunk: "north", address: "192.0.2.1:5060", message: "BYE sip:ü SIP/2.0\r\n\r\n" }
const ben: OpenCall = { ...anna, id: "b", trunk: null }

describe("open calls in the store", () => {
  it.effect("are as they were kept last, until they are over", () =>
    onStore(() =>
      Effect.gen(function* () {
        yield* writeOpenCalls([])
        yield* writeOpenCalls([
          { kind: "kept", ...anna },
          { kind: "kept", ...ben },
          { kind: "over", id: "unknown" }
        ])
        assert.deepStrictEqual(yield* openCalls, [anna, ben])
        const moved = { ...ben, message: "BYE sip:b SIP/2.0\r\n\r\n" }
        yield* writeOpenCalls([
          { kind: "kept", ...moved },
          { kind: "over", id: anna.id }
        ])
        assert.deepStrictEqual(yield* openCalls, [moved])
      })
    )
  )
})
