import type { Judge } from "./Judge.ts"
import type { Recommendation, SettingResult } from "./Result.ts"
import { busier, occupancyGained, talkGained } from "./searchFamily.ts"

/** Which setting to launch with, and against what it was weighed. */
export interface Choice {
  readonly chosen: SettingResult
  /** The busiest of those that keep the limit; `chosen` unless that is safer and as busy within the uncertainty. */
  readonly busiest: SettingResult
  /** The next best of another pacing or mode, if any. */
  readonly runnerUp: SettingResult | null
  /** False when nothing allowed is shown to keep the limit, and the least risky is named for want of better. */
  readonly keepsLimit: boolean
}

const abandonRate = ({ estimates }: SettingResult): number =>
  Number.isFinite(estimates.abandonRate.mean) ? estimates.abandonRate.mean : 0

/** Settings nobody can be abandoned in first, then by how many are. */
const safer = (judge: Judge, a: SettingResult, b: SettingResult): SettingResult => {
  const [aNever, bNever] = [judge.neverAbandons(a.setting), judge.neverAbandons(b.setting)]
  if (aNever !== bNever) return aNever ? a : b
  if (abandonRate(a) === abandonRate(b)) return busier(a, b)
  return abandonRate(a) < abandonRate(b) ? a : b
}

/**
 * The busiest of the settings that keep the limit, or the safest of those that are as busy within the 95 % interval of
 * the paired difference. Without any, the setting with the smallest chance of a shift over the limit, and
 * the fewest transfers lost.
 */
export const choose = (
  judge: Judge,
  keeping: ReadonlyArray<SettingResult>,
  allowed: ReadonlyArray<SettingResult>
): Choice => {
  if (keeping.length === 0) {
    const risk = ({ overLimit, transfersLost }: SettingResult): number =>
      Math.max(overLimit.share, transfersLost?.mean ?? 0)
    const chosen = allowed.reduce((a, b) => (risk(a) === risk(b) ? safer(judge, a, b) : risk(a) < risk(b) ? a : b))
    return { chosen, busiest: chosen, runnerUp: null, keepsLimit: false }
  }
  const busiest = keeping.reduce(busier)
  const asBusy = keeping.filter((one) => one === busiest || !(talkGained(busiest, one).low > 0))
  const chosen = asBusy.reduce((a, b) => safer(judge, a, b))
  const others = keeping.filter((one) => one !== chosen)
  const runnerUp = others.length === 0 ? null : others.reduce(busier)
  return { chosen, busiest, runnerUp, keepsLimit: true }
}

/** Settings of the same pacing that abandon fewer people and stand, most occupied first. */
export const saferOf = (
  judge: Judge,
  chosen: SettingResult,
  results: ReadonlyArray<SettingResult>
): Recommendation["safer"] =>
  results
    .filter(
      (one) =>
        one.setting.mode === chosen.setting.mode &&
        one.setting.pacing.kind === chosen.setting.pacing.kind &&
        one.setting.key !== chosen.setting.key &&
        abandonRate(one) < abandonRate(chosen) &&
        !judge.looksBroken(one)
    )
    .map((one) => ({ settingKey: one.setting.key, occupancyLost: occupancyGained(chosen, one) }))
    .sort((a, b) => a.occupancyLost.mean - b.occupancyLost.mean || (a.settingKey < b.settingKey ? -1 : 1))
