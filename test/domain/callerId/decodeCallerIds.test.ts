import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { callerIdsMax } from "../../../src/domain/callerId/CallerIdSettings.ts"
import { decodeCallerIds } from "../../../src/domain/callerId/decodeCallerIds.ts"

const london = { number: "+442079460000", prefixes: ["+44", "+4420"] }
const prague = { number: "+420220514000", label: "Prague", capPerDay: 200 }

const problemsOf = (input: unknown): ReadonlyArray<string> =>
  Result.match(decodeCallerIds(input), {
    onFailure: (problems) => problems.map(({ allowed, found, path }) => `${path} | ${found} | ${allowed}`),
    onSuccess: () => []
  })

const readAs = (input: unknown): unknown => Result.getOrThrow(decodeCallerIds(input))

describe("caller IDs of a campaign", () => {
  it("are read as they stand, and stop at their caps unless told otherwise", () => {
    const given = { rotation: "by-prefix", numbers: [london, prague] }
    assert.deepStrictEqual(readAs(given), { ...given, whenCapped: "stop" })
    const all = { rotation: "sticky", numbers: [london], whenCapped: "fallback", fallback: { number: "+4930901820" } }
    assert.deepStrictEqual(readAs(all), all)
  })
  it("may be one number, and a thousand", () => {
    const numbers = Array.from({ length: callerIdsMax }, (_, i) => ({ number: `+4420794${60_000 + i}` }))
    assert.deepStrictEqual(problemsOf({ rotation: "round-robin", numbers: [prague] }), [])
    assert.deepStrictEqual(problemsOf({ rotation: "random", numbers }), [])
    assert.deepStrictEqual(problemsOf({ rotation: "random", numbers: [...numbers, prague] }).length, 1)
  })

  const one = { rotation: "random", numbers: [prague] }
  const prefixes = "the first digits of numbers, with the country, such as +44 or +4420"
  const cases: ReadonlyArray<readonly [what: string, input: unknown, problems: ReadonlyArray<string>]> = [
    ["no block", "random", ['callerIds | "random" | a block with rotation, numbers, whenCapped, fallback']],
    [
      "an unknown rotation and an unknown field",
      { ...one, rotation: "round robin", order: 1 },
      [
        'callerIds.order | an unknown field "order" | rotation, numbers, whenCapped, fallback',
        'callerIds.rotation | "round robin" | one of random, round-robin, by-prefix, sticky'
      ]
    ],
    ["no number", { ...one, numbers: [] }, [`callerIds.numbers | [] | a list of 1 to ${callerIdsMax}`]],
    [
      "numbers, labels, prefixes and caps that are none",
      { rotation: "by-prefix", numbers: [{ number: "020 7946", label: " x", prefixes: ["44", "+0"], capPerDay: 0 }] },
      [
        'callerIds.numbers[0].number | "020 7946" | a number with its country, such as +442079460000',
        'callerIds.numbers[0].label | " x" | a label of 1 to 80 characters',
        "callerIds.numbers[0].capPerDay | 0 | a whole number of calls from 1 to 1000000",
        `callerIds.numbers[0].prefixes[0] | "44" | ${prefixes}`,
        `callerIds.numbers[0].prefixes[1] | "+0" | ${prefixes}`
      ]
    ],
    [
      "a number twice, also as the fall-back",
      { ...one, numbers: [prague, prague], fallback: { number: prague.number } },
      [
        `callerIds.numbers[1].number | "${prague.number}" | a number of its own; numbers[0] has this one`,
        `callerIds.fallback.number | "${prague.number}" | a number outside the rotation; numbers[0] has this one`
      ]
    ],
    [
      "prefixes nobody looks at",
      { ...one, numbers: [london, prague] },
      [
        'callerIds.numbers[0].prefixes | ["+44", "+4420"] | none where rotation is random; by-prefix and sticky look at them'
      ]
    ],
    [
      "by prefix without prefixes",
      { ...one, rotation: "by-prefix" },
      ['callerIds.rotation | "by-prefix" | by-prefix with prefixes for a number at least, or round-robin']
    ],
    [
      "a prefix twice",
      { ...one, rotation: "sticky", numbers: [{ ...prague, prefixes: ["+420", "+421", "+420"] }, one.numbers[0]] },
      [
        `callerIds.numbers[1].number | "${prague.number}" | a number of its own; numbers[0] has this one`,
        'callerIds.numbers[0].prefixes[2] | "+420" | each prefix once'
      ]
    ],
    [
      "nothing for contacts no prefix fits",
      { rotation: "by-prefix", numbers: [london] },
      ["callerIds.fallback | nothing | a number for contacts no prefix fits, or a number without prefixes in numbers"]
    ],
    [
      "no fall-back where one is to be shown",
      { ...one, whenCapped: "fallback" },
      ["callerIds.fallback | nothing | a number, as whenCapped is fallback"]
    ],
    [
      "prefixes of the fall-back",
      { ...one, fallback: { ...london, prefixes: ["+44"] } },
      ['callerIds.fallback.prefixes | an unknown field "prefixes" | number, label, capPerDay']
    ]
  ]
  for (const [what, input, problems] of cases) {
    it(`are refused with ${what}`, () => assert.deepStrictEqual(problemsOf(input), problems))
  }
  it("are refused, not looked through, where they are endless", () => {
    const endless: Array<unknown> = []
    endless.push(endless)
    assert.match(problemsOf({ ...one, numbers: endless })[0], /^callerIds \| more than anybody reads/)
  })
})
