/**
 * Raw counts of one campaign over one window, from which every legal ratio is formed. Each attempt is counted once under
 * what became of it, in the window of its dial instant.
 */
export interface RawVector {
  /** Calls placed. */
  attempts: number
  /** Put through to an agent within the wait limit. */
  inTime: number
  /** Put through to an agent after it. */
  late: number
  /** No agent in time; the person heard the message. */
  abandonedMessage: number
  /** No agent in time, and no message or too late a one. */
  abandonedSilent: number
  /** The person hung up before the wait limit. */
  calleeEarly: number
  /** The person hung up after it. */
  calleeLate: number
  /** Calls detection called a machine (M). */
  machines: number
  /** Of those, calls of which a random sample was listened to (n), and the people found in it (k). */
  sampled: number
  samplePeople: number
  /** Machines among the calls put through to agents, by the agents' word. */
  agentMachines: number
  /** Unanswered calls ended before the shortest ringing. */
  shortRings: number
}

export const emptyVector = (): RawVector => ({
  attempts: 0,
  inTime: 0,
  late: 0,
  abandonedMessage: 0,
  abandonedSilent: 0,
  calleeEarly: 0,
  calleeLate: 0,
  machines: 0,
  sampled: 0,
  samplePeople: 0,
  agentMachines: 0,
  shortRings: 0
})

const names = Object.keys(emptyVector()) as ReadonlyArray<keyof RawVector>

/** Adds `other` to `sum`, in place: sites of one seller, queues of one campaign. */
export const addVector = (sum: RawVector, other: Readonly<RawVector>): RawVector => {
  for (const name of names) sum[name] += other[name]
  return sum
}
