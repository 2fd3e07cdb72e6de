import { assert, describe, it } from "@effect/vitest"
import * as oracle from "./closedForms.ts"

/** Requires every digit that the reference table prints; `printed` is text, so trailing zeros count. Integers are exact. */
const printedAs = (value: number, printed: string, what: string): void => {
  const decimals = printed.split(".")[1]?.length
  const tolerance = decimals === undefined ? 1e-9 : 0.5 * 10 ** -decimals * (1 + 1e-9)
  assert.closeTo(value, Number(printed), tolerance, `${what}: ${value} is printed as ${printed}`)
}
const columns = (row: string): ReadonlyArray<string> => row.split("|").map((cell) => cell.trim())
const rows = (table: string): ReadonlyArray<ReadonlyArray<string>> => table.trim().split("\n").map(columns)
/** A plain number, or a fraction such as 1/150. */
const number = (cell: string): number => {
  const [over, under] = cell.split("/").map(Number)
  return under === undefined ? over : over / under
}
/** The first `inputs` columns go in; the other columns are what must come out, in order. */
const check = (table: string, inputs: number, outputs: (...input: Array<number>) => ReadonlyArray<number>): void => {
  for (const row of rows(table)) {
    const values = outputs(...row.slice(0, inputs).map(number))
    assert.strictEqual(values.length, row.length - inputs)
    values.forEach((value, index) => printedAs(value, row[inputs + index], row.join(" | ")))
  }
}

describe("Erlang B", () => {
  it("gives the loss and occupancy of steady-rate dialling", () => {
    const table = `
      1 | 1 | 0.500000 | 0.500000
      5 | 3 | 0.110054 | 0.533967
      10 | 8 | 0.121661 | 0.702671
      20 | 15 | 0.045593 | 0.715805
      50 | 45 | 0.054104 | 0.851306`
    check(table, 2, (n, a) => [oracle.erlangB(n, a), oracle.erlangBOccupancy(n, a)])
  })
  it("gives the same in percent", () => {
    const table = `
      1 | 1 | 50.000 | 50.000
      2 | 1 | 20.000 | 40.000
      5 | 3 | 11.005 | 53.397
      10 | 5 | 1.838 | 49.081
      50 | 40 | 1.869 | 78.505
      10 | 8 | 12.166 | 70.267
      20 | 16 | 6.441 | 74.847
      22 | 14 | 1.234 | 62.851
      22 | 28 | 28.532 | 90.960
      100 | 90 | 2.696 | 87.574`
    check(table, 2, (n, a) => [100 * oracle.erlangB(n, a), 100 * oracle.erlangBOccupancy(n, a)])
  })
  it("takes its load from the lines kept ringing", () => {
    const a = oracle.constantLinesLoad(10, 0.3, 60, 140)
    printedAs(a, "7", "load")
    printedAs(oracle.erlangB(10, a), "0.078741", "abandoned")
    printedAs(oracle.erlangBOccupancy(10, a), "0.644881", "occupancy")
  })
  it("bounds blind dialling at an abandon rate of 1, 2, 3 and 5 %: load and occupancy", () => {
    const table = `
      2 | 0.15 | 7.6 | 0.22 | 10.9 | 0.28 | 13.7 | 0.38 | 18.1
      5 | 1.36 | 26.9 | 1.66 | 32.5 | 1.88 | 36.4 | 2.22 | 42.2
      10 | 4.46 | 44.2 | 5.08 | 49.8 | 5.53 | 53.6 | 6.22 | 59.0
      15 | 8.11 | 53.5 | 9.01 | 58.9 | 9.65 | 62.4 | 10.63 | 67.3
      20 | 12.03 | 59.6 | 13.18 | 64.6 | 14.00 | 67.9 | 15.25 | 72.4
      30 | 20.34 | 67.1 | 21.93 | 71.6 | 23.06 | 74.6 | 24.80 | 78.5
      50 | 37.90 | 75.0 | 40.26 | 78.9 | 41.93 | 81.3 | 44.53 | 84.6
      75 | 60.73 | 80.2 | 63.90 | 83.5 | 66.18 | 85.6 | 69.74 | 88.3
      100 | 84.06 | 83.2 | 87.97 | 86.2 | 90.79 | 88.1 | 95.24 | 90.5
      200 | 179.74 | 89.0 | 186.16 | 91.2 | 190.89 | 92.6 | 198.51 | 94.3
      500 | 474.04 | 93.9 | 486.44 | 95.3 | 495.90 | 96.2 | 511.75 | 97.2`
    check(table, 1, (n) =>
      [0.01, 0.02, 0.03, 0.05].flatMap((lost) => {
        const a = oracle.erlangBLoad(n, lost)
        return [a, 100 * oracle.erlangBOccupancy(n, a)]
      })
    )
  })
})

describe("queues with waiting", () => {
  it("M/M/n with a fixed patience", () => {
    const table = `
      0.05 | 140 | 10 | 2 | 0.074861 | 0.085787 | 0.647598
      0.07 | 140 | 10 | 2 | 0.199042 | 0.227517 | 0.784939
      0.3 | 140 | 50 | 2 | 0.026701 | 0.046906 | 0.817571`
    check(table, 4, (rate, H, n, g) => {
      const { abandoned, occupancy, waiting } = oracle.fixedPatience(rate, H, n, g)
      return [abandoned, waiting, occupancy]
    })
  })
  it("M/M/n with a fixed patience of zero is Erlang B, also where the load equals the agents", () => {
    for (const a of [7, 10, 13]) {
      assert.closeTo(oracle.fixedPatience(a / 140, 140, 10, 0).abandoned, oracle.erlangB(10, a), 1e-12)
    }
  })
  it("Erlang C: wait, mean wait, share within 20 s", () => {
    const table = `
      1 | 0.8 | 180 | 0.800000 | 720.0000 | 0.217582
      10 | 8 | 180 | 0.409180 | 36.8262 | 0.672354
      20 | 18 | 240 | 0.550769 | 66.0923 | 0.533784
      50 | 45 | 300 | 0.363864 | 21.8319 | 0.739280
      100 | 95 | 140 | 0.506457 | 14.1808 | 0.752068`
    check(table, 3, (n, a, H) => {
      const { meanWait, waiting, within } = oracle.erlangC(n, a, H)
      return [waiting, meanWait, within(20)]
    })
  })
  it("Erlang A: abandoned, waiting, queued, occupancy", () => {
    const table = `
      1/18 | 180 | 60 | 10 | 0.157527 | 0.423418 | 0.525090 | 0.842473
      1/15 | 180 | 2 | 10 | 0.296896 | 0.327883 | 0.039586 | 0.843725
      0.3 | 150 | 300 | 50 | 0.014722 | 0.279575 | 1.325019 | 0.886750
      0.07 | 140 | 2 | 10 | 0.199433 | 0.226138 | 0.027921 | 0.784555`
    check(table, 4, (rate, H, patience, n) => {
      const { abandoned, occupancy, queued, waiting } = oracle.erlangA(rate, H, patience, n)
      return [abandoned, waiting, queued, occupancy]
    })
  })
  it("M/G/1: load, mean wait, mean queue", () => {
    const table = `
      0.005 | 140 | 0 | 0.70 | 163.3333 | 0.81667
      0.005 | 140 | 1 | 0.70 | 326.6667 | 1.63333
      0.005 | 140 | 1.28 | 0.70 | 430.9387 | 2.15469
      1/150 | 120 | 0.5 | 0.80 | 300.0000 | 2.00000
      0.008 | 100 | 2 | 0.80 | 1000.0000 | 8.00000`
    check(table, 3, (rate, mean, cv) => {
      const { load, meanWait, queued } = oracle.pollaczekKhinchine(rate, mean, cv)
      return [load, meanWait, queued]
    })
  })
})

describe("one line per free agent", () => {
  it("mean of a ring time cut at 22 s", () => {
    printedAs(oracle.truncatedLognormalMean(10, 0.5, 22), "9.510415", "mean ring")
  })
  it("idle per call, occupancy, dials and connects per agent-hour", () => {
    const table = `
      0.2 | 9.5104 | 22 | 140 | 97.5104 | 0.589448 | 75.7862 | 15.1572
      0.3 | 9.5104 | 22 | 140 | 60.8437 | 0.697059 | 59.7479 | 17.9244
      0.5 | 9.5104 | 22 | 140 | 31.5104 | 0.816277 | 41.9800 | 20.9900
      0.7 | 9.5104 | 22 | 140 | 18.9390 | 0.880841 | 32.3574 | 22.6502
      0.3 | 10 | 25 | 200 | 68.3333 | 0.745342 | 44.7205 | 13.4161`
    check(table, 4, (p, answered, failed, H) => {
      const { connectsPerHour, dialsPerHour, idlePerCall, occupancy } = oracle.progressive(p, answered, failed, H)
      return [idlePerCall, occupancy, dialsPerHour, connectsPerHour]
    })
  })
  it("wait, talk and handling minutes an hour with set-up 2, failed 18, ring 10, talk 120, wrap 15", () => {
    const table = `
      0.50 | 32.0 | 43.1 | 48.5
      0.40 | 42.0 | 40.7 | 45.8
      0.30 | 58.7 | 37.2 | 41.8
      0.25 | 72.0 | 34.8 | 39.1
      0.20 | 92.0 | 31.7 | 35.7
      0.15 | 125.3 | 27.7 | 31.1
      0.10 | 192.0 | 22.0 | 24.8
      0.05 | 392.0 | 13.7 | 15.4`
    check(table, 1, (p) => {
      const { handlingMinutes, idlePerCall, talkMinutes } = oracle.progressiveMinutes(p, 2, 18, 10, 120, 15)
      return [idlePerCall, talkMinutes, handlingMinutes]
    })
  })
  it("the ratio dialler at one line per idle agent, on the sample campaign", () => {
    const { idlePerCall, occupancy } = oracle.progressive(17 / 35, 14, 10.56, 63.7)
    printedAs(idlePerCall, "25.18", "wait")
    printedAs(100 * occupancy, "71.67", "occupancy")
  })
  it("limited by lines: occupancy and agents without a line", () => {
    const table = `
      10 | 10 | 61 | 140 | 0.696517 | 0
      10 | 4 | 61 | 140 | 0.669360 | 0.389904
      10 | 2 | 61 | 140 | 0.450427 | 3.533153`
    check(table, 4, (n, lines, connect, H) => {
      const { occupancy, withoutLine } = oracle.machineRepair(n, lines, connect, H)
      return [occupancy, withoutLine]
    })
  })
  it("preview: cycle, occupancy, records and connects per hour", () => {
    const table = `
      0.3 | 15 | 5 | 263 | 0.532319 | 45.6274 | 13.6882
      0.5 | 20 | 5 | 217 | 0.645161 | 33.1797 | 16.5899`
    check(table, 3, (p, view, code) => {
      const { connectsPerHour, cycle, occupancy, recordsPerHour } = oracle.preview(p, view, code, 10, 22, 140)
      return [cycle, occupancy, recordsPerHour, connectsPerHour]
    })
  })
})

describe("power dialling", () => {
  it("single shot: abandons, ratio, idle fraction", () => {
    const table = `
      2 | 1 | 0.3 | 0.090000 | 0.150000 | 0.490000
      3 | 1 | 0.3 | 0.243000 | 0.270000 | 0.343000
      4 | 2 | 0.3 | 0.091800 | 0.076500 | 0.445900
      30 | 10 | 0.3 | 0.579741 | 0.064416 | 0.157974`
    check(table, 3, (k, m, p) => {
      const { abandons, idleFraction, ratio } = oracle.singleShot(k, m, p)
      return [abandons, ratio, idleFraction]
    })
  })
  it("the largest shot that keeps 3 %, at p of 0.1, 0.2, 0.3, 0.5 and 0.7", () => {
    const table = `
      1 | 1 | 1 | 1 | 1 | 1
      2 | 6 | 3 | 3 | 2 | 2
      3 | 12 | 7 | 5 | 3 | 3
      5 | 28 | 15 | 10 | 7 | 6
      10 | 73 | 37 | 26 | 16 | 12
      20 | 169 | 86 | 58 | 36 | 27
      50 | 470 | 237 | 159 | 97 | 71`
    check(table, 1, (m) => [0.1, 0.2, 0.3, 0.5, 0.7].map((p) => oracle.largestShot(m, p, 0.03)))
  })
  it("waves: occupancy and ratio", () => {
    const table = `
      1 | 0.3 | 10 | 22 | 140 | 0.695364 | 0
      2 | 0.3 | 10 | 22 | 140 | 0.818057 | 0.150000
      3 | 0.3 | 10 | 22 | 140 | 0.866951 | 0.270000
      4 | 0.1 | 10 | 25 | 80 | 0.580992 | 0.140250`
    check(table, 5, (k, p, ring, timeout, H) => {
      const { occupancy, ratio } = oracle.wave(k, p, ring, timeout, H)
      return [occupancy, ratio]
    })
  })
})

describe("an abandon ceiling as an allowance", () => {
  it("allowance per connect, and the connects before the first abandon", () => {
    const table = `
      0.01 | 0.010101 | 99
      0.03 | 0.030928 | 33
      0.05 | 0.052632 | 19`
    check(table, 1, (ceiling) => [oracle.allowancePerConnect(ceiling), oracle.connectsBeforeFirstAbandon(ceiling)])
    assert.strictEqual(oracle.baseBeforeFirstAbandon(0.03), 34)
  })
  it("shrinks with the people taken for machines", () => {
    printedAs(100 * oracle.pacingCeiling(0.03, 0.02), "1.02", "pacing ceiling")
    assert.strictEqual(oracle.pacingCeiling(0.03, 0.03), 0)
  })
})
