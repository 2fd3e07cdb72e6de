import { count, percent, seconds } from "../../reports/format.ts"
import type { Result } from "../../sim/experiments/Result.ts"
import { servedInTimeMillis } from "../domain/InboundCall.ts"
import { toldSetting } from "./toldSetting.ts"

/** One sentence on the people who called the campaign; empty where nobody was to. */
export const callerLine = (result: Result): string => {
  const inbound = toldSetting(result)?.inbound
  if (inbound === undefined || inbound.calls.mean === 0) return ""
  const { calls, connected, inTime, waitMean } = inbound
  const waited = Number.isNaN(waitMean.mean) ? "" : `, who had waited ${seconds(waitMean.mean / 1_000)} on average`
  return (
    `Callers of a shift: ${count(calls.mean)}; an agent took ${percent(connected.mean / calls.mean)}${waited}, ` +
    `${percent(inTime.mean / calls.mean)} within ${servedInTimeMillis / 1_000} s.`
  )
}
