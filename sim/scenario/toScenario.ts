import { pacingOfMode, toPacing } from "../../src/config/campaign/Pacing.ts"
import { toSettings } from "../../src/config/campaign/toSettings.ts"
import type { CampaignSettings } from "../../src/domain/Campaign.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import { millisOfSeconds, minutesOfClock, secondsOfMinutes } from "../../src/yaml/fields.ts"
import { seedOf } from "../random/seed.ts"
import type { CampaignScenario, People, Scenario } from "../Scenario.ts"
import { toCallers } from "./Callers.ts"
import { type DayClock, dayClock } from "./dayClock.ts"
import { lawContextOf } from "./dayLaw.ts"
import { toDistribution } from "./Distribution.ts"
import { expectationsOf } from "./expectations.ts"
import { toSwitches } from "./listMakeUp.ts"
import type { ListRead, ListsRead } from "./ListsRead.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"
import { toList } from "./toList.ts"
import { rulingOf, toConduct } from "./toConduct.ts"

type GroupFile = ScenarioFile["groups"][number]
type CampaignFile = ScenarioFile["campaigns"][number]

/**
 * The rehearsal a checked file describes: units converted, everything that follows from other fields filled in. `lists`: what
 * the files of its lists have.
 */
export const toScenario = (file: ScenarioFile, lists: ListsRead): Scenario => {
  const clock = dayClock(file.day)
  return {
    name: file.name,
    description: file.description,
    seed: String(file.seed),
    day: {
      startMinutes: minutesOfClock(file.day.start) % (24 * 60),
      lengthMillis: millisOfSeconds(clock.lengthSeconds)
    },
    trunk: {
      linesMax: file.trunk.lines,
      callsPerSecondMax: file.trunk.callsPerSecond,
      postDialDelay: toDistribution(file.trunk.postDialDelaySeconds),
      congestionShare: file.trunk.congestionShare
    },
    groups: file.groups.map((group) => toGroup(group, clock)),
    campaigns: file.campaigns.map((campaign, index) => toCampaign(campaign, file, lists[index] ?? null, clock))
  }
}

const toGroup = (group: GroupFile, clock: DayClock): Scenario["groups"][number] => ({
  name: group.name,
  agents: group.agents,
  speedCv: group.speedCv,
  phone: {
    alwaysOn: group.phone.alwaysOn,
    answerDelay: toDistribution(group.phone.answerDelaySeconds),
    missShare: group.phone.missShare,
    missAfterSeconds: group.phone.missAfterSeconds,
    refuseShare: group.phone.refuseShare
  },
  shift: {
    startSeconds: group.shift.start === undefined ? 0 : clock.at(group.shift.start),
    endSeconds: group.shift.end === undefined ? clock.lengthSeconds : clock.until(group.shift.end),
    spreadSeconds: secondsOfMinutes(group.shift.spreadMinutes)
  },
  breaks: group.breaks.map((each) => ({
    atSeconds: clock.at(each.at),
    lengthSeconds: secondsOfMinutes(each.lengthMinutes),
    spreadSeconds: secondsOfMinutes(each.spreadMinutes)
  }))
})

const toCampaign = (
  campaign: CampaignFile,
  file: ScenarioFile,
  read: ListRead | null,
  clock: DayClock
): CampaignScenario => {
  const people = toPeople(campaign)
  const list = toList(campaign, file, read)
  const agentWork: CampaignScenario["agentWork"] = {
    wrap: toDistribution(campaign.work.wrapSeconds),
    preview: toDistribution(campaign.work.previewSeconds),
    skipShare: campaign.work.skipShare,
    noAnswerWrap: toDistribution(campaign.work.noAnswerWrapSeconds),
    machine: toDistribution(campaign.work.machineSeconds)
  }
  const settings = toSettings(campaign, rulingOf(campaign, file, read), {
    groups: file.groups.map((group) => group.name),
    linesMax: file.trunk.lines,
    callsPerSecondMax: file.trunk.callsPerSecond,
    expected: expectedOf(campaign, file, { people, list, agentWork }, clock),
    callerIdSeed: seedOf(`${file.seed} ${campaign.name}`, 0)[0] | 0,
    law: lawContextOf(campaign, file)
  })
  const context = {
    pickupRate: settings.expected.pickupRate,
    linesMax: settings.linesMax,
    callsPerSecondMax: settings.callsPerSecondMax
  }
  let mode: ModeName = campaign.mode
  return {
    settings,
    modesAllowed: campaign.modesAllowed ?? [campaign.mode],
    list,
    people,
    agentWork,
    changes: campaign.changes.flatMap((change) => {
      if (change.mode === undefined && change.pacing === undefined) return []
      mode = change.mode ?? mode
      return [{ atSeconds: clock.at(change.at), mode, pacing: toPacing(change.pacing ?? pacingOfMode(mode), context) }]
    }),
    ...toSwitches(campaign, clock),
    ...toCallers(campaign.callers),
    ...toConduct(campaign)
  }
}

/** What a manager who knew the scenario's people would expect. */
const expectedOf = (
  { detection, rules }: CampaignFile,
  file: ScenarioFile,
  behaviour: Pick<CampaignScenario, "people" | "list" | "agentWork">,
  clock: DayClock
): CampaignSettings["expected"] =>
  expectationsOf({
    ...behaviour,
    day: { startMinutes: minutesOfClock(file.day.start), lengthMillis: millisOfSeconds(clock.lengthSeconds) },
    congestionShare: file.trunk.congestionShare,
    detection: detection.enabled,
    ringSecondsMax: rules.ringSecondsMax
  })

const toPeople = ({ detection, people }: CampaignFile): People => ({
  ...toAnswers(people),
  answerByAttempt: people.answerByAttempt,
  answerByHour: Array.from({ length: 24 }, (_, hour) => people.answerByHour[String(hour)] ?? 1),
  unreachableShare: people.unreachableShare,
  reachabilitySpread: people.reachabilitySpread,
  ring: {
    person: toDistribution(people.ring.personSeconds),
    machine: toDistribution(people.ring.machineSeconds),
    busy: toDistribution(people.ring.busySeconds),
    rejected: toDistribution(people.ring.rejectedSeconds),
    invalid: toDistribution(people.ring.invalidSeconds),
    congestion: toDistribution(people.ring.congestionSeconds),
    noAnswer: toDistribution(people.ring.noAnswerSeconds)
  },
  talk: toDistribution(people.talkSeconds),
  patience: people.patienceSeconds === null ? null : toDistribution(people.patienceSeconds),
  detection: {
    delay: toDistribution(detection.delaySeconds),
    personAsMachine: detection.personAsMachineShare,
    machineAsPerson: detection.machineAsPersonShare,
    ...(detection.heardShare > 0 ? { heard: detection.heardShare } : {})
  },
  script: {
    length: toDistribution(people.script.lengthSeconds),
    hangUpShare: people.script.hangUpShare,
    transferShare: people.script.transferShare,
    until: toDistribution(people.script.untilSeconds)
  }
})

/** Shares of all calls become the chance of a person, and shares of the calls without one. */
const toAnswers = ({
  dials,
  outcomes
}: CampaignFile["people"]): Pick<People, "answerShare" | "otherwise" | "dials"> => {
  if (outcomes === undefined) {
    const answered = dials?.answeredSeconds ?? []
    const unanswered = dials?.unansweredSeconds ?? []
    return {
      answerShare: answered.length / (answered.length + unanswered.length),
      otherwise: { machine: 0, busy: 0, rejected: 0, invalid: 0 },
      dials: [
        ...answered.map((ringSeconds) => ({ answered: true, ringSeconds })),
        ...unanswered.map((ringSeconds) => ({ answered: false, ringSeconds }))
      ]
    }
  }
  const rest = 1 - outcomes.person
  // Rounding must not push a sum past 1, nor 0 / 0 come out where everybody answers.
  const ofRest = (share: number): number => (rest === 0 ? 0 : Math.min(1, Number((share / rest).toPrecision(12))))
  return {
    answerShare: outcomes.person,
    otherwise: {
      machine: ofRest(outcomes.machine),
      busy: ofRest(outcomes.busy),
      rejected: ofRest(outcomes.rejected),
      invalid: ofRest(outcomes.invalid)
    },
    dials: null
  }
}
