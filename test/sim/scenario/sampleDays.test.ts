import { assert, describe, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { Recorder } from "../../../src/store/Recorder.ts"
import { runShift, wholeShift } from "../../../sim/runShift.ts"
import { sampleScenario } from "./sample.ts"

/**
 * SHA-256 of everything that is recorded of the first day of each sample (of the large one, its first two hours). A change of
 * one of them is a change of what is rehearsed: it must be meant.
 */
const days: Readonly<Record<string, string>> = {
  "callback-desk.yaml": "e47239dbe902d4b155ee47946464833a9cb2e1947e60abd2e0f1904335abde43",
  "canvass.yaml": "2e79d3df805157fa9ebd1bfa052693cdb655e450d0227eb39f7850a19eef2020",
  "clinic-robot.yaml": "8d7cb26103a7ec58a4ec8da67efd3bea4f2569fc711a1cbf67f7d9f55e59c225",
  "consumer-80.yaml": "8695b6c125dec5000b8ad3e8d0d18a103ec25cad9a5303251d77d68f42d9061d",
  "mixed-floor.yaml": "954181588bb95355426b87b7422762d89d3eba273cb97b52a8f2f2f0396eb99a",
  "museum-friends.yaml": "5fb32fbca96487439b406d6b081b719251ddc3357de3b4dbd6aa0531ef99df0e",
  "renewal-team.yaml": "5e67dba34e847018e29e169541f8057b932f6a6e311fdfa6dc2ac75bca5300f3",
  "sample.yaml": "5278797977e37860ba4d0f1b67e1dd88c481029d66253a505c5e549c0146c73e",
  "small-b2b.yaml": "bbad55a73867105d74652da8ad7b515eaef3e8f80567b3e89d124f29bba80732",
  "survey-robot.yaml": "41a7e42161a2fe387ad3bc222f1df8736cf00b659befc4379b467fa5ef52aac0"
}

describe("the day of a sample", () => {
  it.each(Object.keys(days))("is what it always was: %s", (name) => {
    const scenario = sampleScenario(name)
    const recorder = new Recorder(scenario)
    const untilMillis = name === "consumer-80.yaml" ? 7_200_000 : Number.POSITIVE_INFINITY
    runShift(scenario, { ...wholeShift, replication: 1, recorder, untilMillis })
    const { arrivals, attempts, holds, notes, spans } = recorder
    // Most samples have no callers.
    const called = arrivals.length === 0 ? {} : { arrivals }
    const hash = createHash("sha256")
      .update(JSON.stringify({ attempts, spans, holds, notes, ...called }))
      .digest("hex")
    assert.strictEqual(hash, days[name])
  })
})
