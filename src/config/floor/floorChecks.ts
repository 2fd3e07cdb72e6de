import { Result } from "effect"
import { campaignNumbers } from "../../contacts/inbound.ts"
import { isCountryCode } from "../../contacts/phoneNumber.ts"
import { decodeForm } from "../../domain/form/decodeForm.ts"
import { modes } from "../../domain/Mode.ts"
import { decodeTrunks } from "../../sip/trunks/decodeTrunks.ts"
import type { FieldPath } from "../../yaml/FieldProblem.ts"
import { pathOfText } from "../../yaml/pathOfText.ts"
import { cardChecks } from "../campaign/Card.ts"
import { callerIdChecks } from "../campaign/CallerIds.ts"
import type { Loose, Report } from "../campaign/Campaign.ts"
import { knownOf } from "../campaign/conduct.ts"
import { conductChecks } from "../campaign/conductChecks.ts"
import { playedFlow } from "../campaign/flowChecks.ts"
import { groupsOf } from "../campaign/groupsOf.ts"
import { lawChecks } from "../campaign/lawChecks.ts"
import { filterChecks } from "../campaign/ListFilter.ts"
import { groupNameChecks, pacingCheck, uniqueNames } from "../campaign/modeChecks.ts"
import { transfersToGroup } from "../campaign/toFlow.ts"
import { wordsOf } from "./conduct.ts"
import type { FloorFile } from "./FloorFile.ts"

export type LooseGroup = Loose<FloorFile["groups"][number]>
export type LooseCampaign = Loose<FloorFile["campaigns"][number]>
export type LooseFloor = Loose<Omit<FloorFile, "groups" | "campaigns">> & {
  readonly groups: ReadonlyArray<LooseGroup>
  readonly campaigns: ReadonlyArray<LooseCampaign>
}

/** What no field can know alone: whether the parts of a floor fit each other. `date`: today, for the profiles. */
export const floorChecks = (file: LooseFloor, date: string, report: Report): void => {
  checkTrunks(file.trunks, report)
  checkPorts(file, report)
  uniqueNames(["groups"], file.groups, report)
  uniqueNames(["campaigns"], file.campaigns, report)
  checkAgents(file.groups, report)
  file.campaigns.forEach((campaign, index) => {
    checkCampaign(campaign, file, ["campaigns", index], report)
    lawChecks(campaign, ["campaigns", index], date, report)
  })
  checkNumbers(file.campaigns, report)
}

const checkTrunks = (trunks: LooseFloor["trunks"], report: Report): void => {
  if (trunks === undefined) return
  const decoded = decodeTrunks(trunks)
  if (Result.isSuccess(decoded)) return
  for (const { allowed, found, path } of decoded.failure) {
    report(pathOfText(path, { trunks }), allowed, undefined, found)
  }
}

const checkPorts = ({ media, sip }: LooseFloor, report: Report): void => {
  if (media === undefined) return
  const [first, last] = media.ports
  if (last - first < 3) return report(["media", "ports"], "a first and a last port, four of them at least")
  const address = media.address ?? sip?.address
  if (sip?.address === address && sip !== undefined && sip.port >= first && sip.port <= last) {
    report(["media", "ports"], `ports without that of SIP, ${sip.port}`)
  }
}

const checkAgents = (groups: ReadonlyArray<LooseGroup>, report: Report): void => {
  for (const key of ["name", "user"] as const) {
    const seen = new Set<string>()
    groups.forEach((group, at) =>
      group.agents?.forEach((agent, index) => {
        if (seen.has(agent[key])) report(["groups", at, "agents", index, key], `a ${key} that no other agent has`)
        seen.add(agent[key])
      })
    )
  }
}

const checkCampaign = (campaign: LooseCampaign, file: LooseFloor, path: FieldPath, report: Report): void => {
  const { flow, groups = [], mode, pacing } = campaign
  const names = [...new Set(file.groups.flatMap(({ name }) => name ?? []))]
  groupNameChecks(groups, names, path, report)
  checkScreens(campaign, path, report)
  const known = knownOf(campaign, wordsOf(campaign), file.campaigns)
  conductChecks(campaign, known, path, report)
  callerIdChecks(campaign, path, report)
  if (mode === undefined) return
  if (pacing !== undefined) pacingCheck(mode, pacing, [...path, "pacing"], report)
  const serving = groupsOf({ groups: campaign.groups, mode }, names)
  if (flow !== undefined) playedFlow(flow, known, [mode], serving, path, report)
  else if (mode === "automatic") report([...path, "flow"], "what the calls play and ask: mode automatic needs it")
  checkServed(campaign, serving, file.groups, path, report)
  checkAbandonMessage(campaign, path, report)
}

/** Whether there is an agent where the campaign needs one. */
const checkServed = (
  { flow, mode, queue }: LooseCampaign,
  serving: ReadonlyArray<string>,
  groups: ReadonlyArray<LooseGroup>,
  path: FieldPath,
  report: Report
): void => {
  if (mode === undefined) return
  const transfers = flow !== undefined && transfersToGroup(flow)
  const needs = [
    ...(modes[mode].servedBy === "agent" ? [`mode ${mode} needs agents`] : []),
    ...(transfers ? ["transfers to agents need them"] : []),
    ...(queue === undefined ? [] : ["callers in the queue wait for them"])
  ]
  if (needs.length === 0) return
  const [need] = needs
  if (serving.length === 0) return report([...path, "groups"], `at least one group: ${need}`)
  const own = groups.filter(({ name }) => name !== undefined && serving.includes(name))
  if (own.length > 0 && own.every(({ agents }) => agents?.length === 0)) {
    report([...path, "groups"], `a group with at least one agent: ${need}`)
  }
}

/** Where a person can answer before an agent is there, the law wants to know what they hear. */
const checkAbandonMessage = (
  { abandonMessage, flow, mode, rules }: LooseCampaign,
  path: FieldPath,
  report: Report
): void => {
  if (mode === undefined || rules?.abandonMessage !== true || abandonMessage !== undefined) return
  const transfers = flow !== undefined && transfersToGroup(flow)
  if (modes[mode].firstLeg !== "customer" || (mode === "automatic" && !transfers)) return
  report(
    [...path, "abandonMessage"],
    "what an abandoned person hears, as rules.abandonMessage is true: who called, and how to have no more calls"
  )
}

const checkScreens = (campaign: LooseCampaign, path: FieldPath, report: Report): void => {
  cardChecks(campaign, path, report)
  if (campaign.list !== undefined) filterChecks(campaign.list.filter, null, [...path, "list", "filter"], report)
  const { script } = campaign
  if (script === undefined) return
  const decoded = decodeForm(script)
  if (Result.isSuccess(decoded)) return
  for (const problem of decoded.failure) {
    report([...path, "script", ...pathOfText(problem.path, script)], problem.allowed, undefined, problem.found)
  }
}

/** A number belongs to one campaign. */
const checkNumbers = (campaigns: ReadonlyArray<LooseCampaign>, report: Report): void => {
  const takenBy = new Map<string, number>()
  campaigns.forEach(({ list, numbersDialled = [] }, at) =>
    numbersDialled.forEach((number, index) => {
      const country = list !== undefined && isCountryCode(list.country) ? list.country : "GB"
      const [key] = Result.getOrThrow(campaignNumbers([[number, ""]], country)).keys()
      const other = takenBy.get(key)
      takenBy.set(key, at)
      if (other === undefined || other === at) return
      report(["campaigns", at, "numbersDialled", index], "a number that no other campaign has")
    })
  )
}
