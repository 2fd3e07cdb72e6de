import { describe, expect, it } from "vitest"
import { figures, ourShift, simpyShift } from "../../../bench/simpy/Shift.ts"

describe("a shift of the comparison with SimPy", () => {
  it("is computed from what the scripts report", () => {
    const shift = simpyShift({
      outcomes: {
        connected: 90,
        abandoned: 6,
        "hung up waiting": 4,
        machine: 50,
        busy: 10,
        "no answer": 80,
        invalid: 10
      },
      contactsAttempted: 200,
      readySeconds: 100,
      talkSeconds: 700,
      wrapSeconds: 200,
      waitSeconds: 9
    })
    expect(shift).toEqual({
      occupancy: 0.9,
      abandoned: 0.06,
      hungUpWaiting: 0.04,
      answerWaitSeconds: 0.1,
      dials: 250,
      retries: 1 - 200 / 250,
      machines: 0.2
    })
  })

  it("has every figure on our side too, from the floor of the first row of the dials", () => {
    const shift = ourShift(1)
    expect(Object.keys(shift)).toEqual(Object.keys(figures))
    expect(shift).toEqual(ourShift(1))
    expect(shift.occupancy).toBeGreaterThan(0.9)
    expect(shift.retries).toBeGreaterThan(0.4)
    expect(shift.abandoned).toBeGreaterThan(0.01)
    expect(shift.abandoned).toBeLessThan(0.03)
    expect(shift.hungUpWaiting).toBeGreaterThan(0)
  })
})
