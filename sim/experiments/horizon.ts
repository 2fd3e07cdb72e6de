import type { Scenario } from "../Scenario.ts"

/**
 * When a rehearsed shift ends, milliseconds: by itself (Infinity), once the agents have gone and the last call is over,
 * or, where a script serves the answers and nobody has to be there, at the end of the day.
 */
export const horizonOf = ({ campaigns, day }: Scenario): number => {
  const isAutomatic = campaigns.some(
    ({ changes, settings }) => settings.mode === "automatic" || changes.some(({ mode }) => mode === "automatic")
  )
  return isAutomatic ? day.lengthMillis : Number.POSITIVE_INFINITY
}
