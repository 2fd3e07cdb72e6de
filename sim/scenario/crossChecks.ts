import type { Loose, Report } from "../../src/config/campaign/Campaign.ts"
import { cardChecks } from "../../src/config/campaign/Card.ts"
import { callerIdChecks } from "../../src/config/campaign/CallerIds.ts"
import { knownOf, type Words } from "../../src/config/campaign/conduct.ts"
import { conductChecks, moveTargets } from "../../src/config/campaign/conductChecks.ts"
import { groupsOf } from "../../src/config/campaign/groupsOf.ts"
import { lawChecks } from "../../src/config/campaign/lawChecks.ts"
import { groupNameChecks, pacingCheck, uniqueNames } from "../../src/config/campaign/modeChecks.ts"
import { transfersToGroup } from "../../src/config/campaign/toFlow.ts"
import { type ModeName, modeNames, modes } from "../../src/domain/Mode.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import { cardColumnChecks } from "./cardColumns.ts"
import { type DayClock, dayClock } from "./dayClock.ts"
import { listFilterChecks } from "./listFilterChecks.ts"
import { flowChecks } from "./flowChecks.ts"
import { listChecks } from "./listChecks.ts"
import type { ListsRead } from "./ListsRead.ts"
import type { ScenarioFile } from "./ScenarioFile.ts"
import { wordsOf } from "./toConduct.ts"

export type LooseGroup = Loose<ScenarioFile["groups"][number]>
export type LooseCampaign = Loose<ScenarioFile["campaigns"][number]>
export interface LooseFile {
  readonly day: ScenarioFile["day"] | undefined
  readonly groups: ReadonlyArray<LooseGroup>
  readonly campaigns: ReadonlyArray<LooseCampaign>
}

/**
 * What no field can know alone: whether the parts of a scenario fit each other. `lists`: what came of the files of its lists;
 * null as long as nobody has tried to read them.
 */
export const crossChecks = (file: LooseFile, lists: ListsRead | null, report: Report): void => {
  uniqueNames(["groups"], file.groups, report)
  uniqueNames(["campaigns"], file.campaigns, report)
  if (file.day !== undefined) {
    const clock = dayClock(file.day)
    file.groups.forEach((group, index) => checkTimes(group, ["groups", index], clock, report))
    file.campaigns.forEach((campaign, index) => checkChangeTimes(campaign, ["campaigns", index], clock, report))
  }
  const targets = moveTargets(file.campaigns)
  file.campaigns.forEach((campaign, index) => {
    checkModes(campaign, ["campaigns", index], report)
    checkGroups(campaign, file.groups, ["campaigns", index], report)
    checkCallers(campaign, ["campaigns", index], report)
    const path = ["campaigns", index]
    const tried = lists === null ? undefined : (lists[index] ?? null)
    const read = tried ?? null
    const words = wordsOf(campaign, read)
    listChecks(campaign, path, modesOf(campaign), targets.has(campaign.name), tried, report)
    listFilterChecks(campaign, words.parameters, path, report)
    lawChecks(campaign, path, file.day?.date, report)
    conductChecks(campaign, ruleKnown(campaign, words, file.campaigns), path, report)
    cardChecks(campaign, path, report)
    cardColumnChecks(campaign, words.parameters, path, report)
    callerIdChecks(campaign, path, report)
    flowChecks(campaign, words, path, modesOf(campaign), serving(campaign, file.groups), report)
  })
  checkIdleGroups(file, report)
}

const checkCallers = ({ callers, queue }: LooseCampaign, path: FieldPath, report: Report): void => {
  if (callers !== undefined && queue === undefined) {
    report([...path, "callers"], "nobody without a `queue`: the agents of the campaign take no calls")
  }
}

/** A column the list does not have would have no value in any rehearsal; those of a file are known once it was read. */
const ruleKnown = (
  campaign: LooseCampaign,
  words: Words,
  campaigns: ReadonlyArray<LooseCampaign>
): ReturnType<typeof knownOf> => {
  const parameters = campaign.list?.file === undefined ? (words.parameters ?? []) : words.parameters
  return knownOf(campaign, { ...words, parameters }, campaigns)
}

const checkTimes = (group: LooseGroup, path: FieldPath, clock: DayClock, report: Report): void => {
  if (group.shift === undefined) return
  const { start, end } = group.shift
  const from = start === undefined ? 0 : clock.at(start)
  const to = end === undefined ? clock.lengthSeconds : clock.until(end)
  const day = `${clock.text(0)} to ${clock.text(clock.lengthSeconds)}`
  if (start !== undefined && from >= clock.lengthSeconds)
    return report([...path, "shift", "start"], `a time within the day, ${day}`)
  if (end !== undefined && to > clock.lengthSeconds)
    return report([...path, "shift", "end"], `a time within the day, ${day}`)
  if (to <= from) return report([...path, "shift", "end"], `a time after the start of the shift, ${clock.text(from)}`)
  let free = from
  group.breaks?.forEach((each, index) => {
    const at = clock.at(each.at)
    const last = at + (each.lengthMinutes + each.spreadMinutes) * 60
    const shift = `${clock.text(from)} to ${clock.text(to)}`
    if (at < from || at >= to) report([...path, "breaks", index, "at"], `a time within the shift, ${shift}`)
    else if (last > to)
      report(
        [...path, "breaks", index],
        `a break that is over, for the last agent too, by the end of the shift, ${clock.text(to)}`
      )
    else if (at < free)
      report([...path, "breaks", index, "at"], `a time after the break before, which ends at ${clock.text(free)}`)
    free = Math.max(free, at + each.lengthMinutes * 60)
  })
}

const checkChangeTimes = (campaign: LooseCampaign, path: FieldPath, clock: DayClock, report: Report): void => {
  let before = -1
  campaign.changes?.forEach((change, index) => {
    const at = clock.at(change.at)
    if (at >= clock.lengthSeconds) {
      report(
        [...path, "changes", index, "at"],
        `a time within the day, ${clock.text(0)} to ${clock.text(clock.lengthSeconds)}`
      )
    } else if (at <= before)
      report([...path, "changes", index, "at"], `a time after the change before, ${clock.text(before)}`)
    before = Math.max(before, at)
  })
}

const checkModes = ({ changes, mode, modesAllowed, pacing }: LooseCampaign, path: FieldPath, report: Report): void => {
  if (mode === undefined) return
  if (pacing !== undefined) pacingCheck(mode, pacing, [...path, "pacing"], report)
  if (modesAllowed !== undefined && !modesAllowed.includes(mode)) {
    report([...path, "modesAllowed"], `a list that holds the mode of the campaign, ${mode}`)
  }
  modesAllowed?.forEach((each, index) => {
    if (modesAllowed.indexOf(each) !== index) report([...path, "modesAllowed", index], "every mode once")
  })
  let now = mode
  changes?.forEach((change, index) => {
    now = change.mode ?? now
    const at = [...path, "changes", index]
    const switches = change.segmentsOn.length + change.segmentsOff.length > 0
    if (change.mode === undefined && change.pacing === undefined && !switches) {
      report(at, "a new mode, a new pacing, or segments that are switched on or off")
    }
    if (change.pacing !== undefined) pacingCheck(now, change.pacing, [...at, "pacing"], report)
  })
}

/** Modes a campaign can be in during the day, or be advised to be in. */
const modesOf = ({ changes, mode, modesAllowed }: LooseCampaign): ReadonlyArray<ModeName> => {
  const all = new Set([...(modesAllowed ?? []), ...(changes ?? []).flatMap((change) => change.mode ?? [])])
  if (mode !== undefined) all.add(mode)
  return modeNames.filter((each) => all.has(each))
}

/** Names of the groups that serve a campaign. */
const serving = ({ groups, mode }: LooseCampaign, all: ReadonlyArray<LooseGroup>): ReadonlyArray<string> => {
  const names = [...new Set(all.flatMap(({ name }) => name ?? []))]
  return mode === undefined ? (groups ?? names) : groupsOf({ groups, mode }, names)
}

const checkGroups = (
  campaign: LooseCampaign,
  groups: ReadonlyArray<LooseGroup>,
  path: FieldPath,
  report: Report
): void => {
  const { flow, mode, people } = campaign
  const names = [...new Set(groups.flatMap((group) => group.name ?? []))]
  groupNameChecks(campaign.groups ?? [], names, path, report)
  if (mode === undefined) return
  const wanted = (people?.script.transferShare ?? 0) > 0 || (flow !== undefined && transfersToGroup(flow))
  const transfers = mode === "automatic" && wanted
  const served = modesOf(campaign).filter((each) => modes[each].servedBy === "agent")
  if (served.length === 0 && !transfers) return
  const need = served.length > 0 ? `mode ${served[0]} needs agents` : "transfers to agents need them"
  const own = serving(campaign, groups)
  if (own.length === 0) report([...path, "groups"], `at least one group: ${need}`)
  const agents = groups.filter((group) => group.name !== undefined && own.includes(group.name))
  if (agents.length > 0 && agents.every((group) => group.agents === 0)) {
    report(["groups", groups.indexOf(agents[0]), "agents"], `at least 1: campaign ${campaign.name ?? path[1]}, ${need}`)
  }
}

/** A group nobody calls for would sit idle all day and spoil every figure of the floor: most likely a wrong name. */
const checkIdleGroups = (file: LooseFile, report: Report): void => {
  if (file.campaigns.some((campaign) => campaign.mode === undefined)) return
  const used = new Set(file.campaigns.flatMap((campaign) => serving(campaign, file.groups)))
  file.groups.forEach(({ name }, index) => {
    if (name !== undefined && !used.has(name))
      report(["groups", index, "name"], "a group that some campaign names in `groups`")
  })
}
