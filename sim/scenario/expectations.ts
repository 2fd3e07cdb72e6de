import type { Expectations } from "../../src/domain/Campaign.ts"
import { cdf, meanOf } from "../random/distributionFacts.ts"
import type { CampaignScenario, Scenario } from "../Scenario.ts"

type Priors = Pick<CampaignScenario, "people" | "list" | "agentWork"> & {
  readonly day: Scenario["day"]
  readonly congestionShare: number
  readonly detection: boolean
  readonly ringSecondsMax: number
}

/** A list that nobody ever answers still needs a pick-up rate that can be divided by. */
const pickupRateMin = 0.001

/**
 * What a manager who knew the scenario's people would expect of first attempts: the estimate a campaign has when the
 * file gives none. Shares of calls, milliseconds.
 */
export const expectationsOf = ({ people, list, agentWork, day, ...rest }: Priors): Expectations => {
  const answered = people.dials?.filter((dial) => dial.answered) ?? []
  const pickupRate =
    people.dials === null ? answeredShare({ people, list, day, ...rest }) : answered.length / people.dials.length
  const verdict = rest.detection ? 1 - people.detection.personAsMachine : 1
  const ringSeconds =
    people.dials === null
      ? meanOf(people.ring.person)
      : answered.reduce((sum, dial) => sum + dial.ringSeconds, 0) / answered.length
  return {
    pickupRate: Math.max(pickupRateMin, withoutTail(pickupRate * (1 - rest.congestionShare) * verdict)),
    ringMillis: Math.round(Math.min(ringSeconds, rest.ringSecondsMax) * 1_000),
    talkMillis: millisOfMean(meanOf(people.talk)),
    wrapMillis: millisOfMean(meanOf(agentWork.wrap))
  }
}

/** Sums over hours and segments leave a tail in the last digits, which would show in reports. */
const withoutTail = (share: number): number => Number(share.toPrecision(12))

/** Laws with an infinite mean exist; an hour then stands for it. */
const millisOfMean = (seconds: number): number => Math.round((Number.isFinite(seconds) ? seconds : 3_600) * 1_000)

const answeredShare = ({ people, list, day, ringSecondsMax }: Omit<Priors, "agentWork">): number => {
  const inTime = cdf(people.ring.person, ringSecondsMax)
  let share = 0
  for (const { hour, part } of hoursOf(day)) {
    for (const segment of list.segments) {
      const chance = Math.min(1, people.answerShare * segment.pickup * people.answerByHour[hour])
      share += part * segment.share * chance
    }
  }
  return share * (1 - people.unreachableShare) * inTime
}

/** The clock hours of a day, each with its part of the day; the parts add to 1. */
const hoursOf = (day: Scenario["day"]): ReadonlyArray<{ readonly hour: number; readonly part: number }> => {
  const length = day.lengthMillis / 60_000
  const hours: Array<{ hour: number; part: number }> = []
  for (let minute = 0; minute < length;) {
    const step = Math.min(60 - ((day.startMinutes + minute) % 60), length - minute)
    hours.push({ hour: Math.floor((day.startMinutes + minute) / 60) % 24, part: step / length })
    minute += step
  }
  return hours
}
