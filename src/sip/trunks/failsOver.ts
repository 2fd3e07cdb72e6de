/**
 * Final responses that say that the trunk could not carry a call, and nothing about the number called: 503 (RFC 3261
 * §21.5.4, also given where a name leads nowhere), 500, and 408, which is what silence comes to.
 */
const statuses: ReadonlySet<number> = new Set([408, 500, 503])

/** Whether a call refused before it rang is tried on another trunk. */
export const failsOver = (status: number): boolean => statuses.has(status)
