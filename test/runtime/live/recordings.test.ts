import { assert, describe, it } from "@effect/vitest"
import { recordingPath } from "../../../src/runtime/live/Recordings.ts"

const place = {
  zone: "Europe/Berlin",
  campaign: "Spring",
  contact: 12,
  attempt: 3,
  step: null,
  startedAt: Date.UTC(2026, 5, 30, 22, 5, 9, 7)
}

describe("where a recording goes", () => {
  it("is the day and time of the floor's zone", () => {
    assert.deepStrictEqual(recordingPath(place), { folder: "2026-07-01/Spring", file: "12-3-000509.007.wav" })
    assert.deepStrictEqual(recordingPath({ ...place, zone: "America/New_York", step: "what now" }), {
      folder: "2026-06-30/Spring",
      file: "12-3-what now-180509.007.wav"
    })
  })
  it.each([
    ["../../etc", "__.._etc"],
    ["a/b\\c", "a_b_c"],
    ["..", "_"],
    ["Grün & Söhne", "Grün _ Söhne"]
  ])("is in its folder, whatever the campaign is called: %s", (campaign, name) => {
    assert.strictEqual(recordingPath({ ...place, campaign }).folder, `2026-07-01/${name}`)
  })
})
