import type { Report } from "../../src/config/campaign/Campaign.ts"
import type { ModeName } from "../../src/domain/Mode.ts"
import type { FieldPath } from "../../src/yaml/FieldProblem.ts"
import type { LooseCampaign } from "./crossChecks.ts"
import { segmentsOf } from "./List.ts"
import type { ListRead } from "./ListsRead.ts"
import { listSourceChecks } from "./listSourceChecks.ts"

/**
 * Whether the list of a campaign has somebody to call, and its parts are told apart. `modes`: those of its day; `isFilled`:
 * whether rules of another campaign put contacts on it; `read`: what came of its file, see `listSourceChecks`.
 */
export const listChecks = (
  campaign: LooseCampaign,
  path: FieldPath,
  modes: ReadonlyArray<ModeName>,
  isFilled: boolean,
  read: ListRead | null | undefined,
  report: Report
): void => {
  const { list, mode } = campaign
  const at = [...path, "list"]
  if (list !== undefined) listSourceChecks(list, at, read, report)
  if (list === undefined || mode === undefined) return
  if (list.requestsPerHour > 0 && !modes.includes("callback")) {
    report([...at, "requestsPerHour"], `0: requests arrive only in mode callback, not ${mode}`)
  }
  if (list.contacts === 0 && !list.endless && list.requestsPerHour === 0 && !isFilled) {
    const allowed =
      "at least 1, or an endless list, or requestsPerHour, or rules of another campaign that move contacts here"
    report([...at, "contacts"], allowed)
  }
  /** Parts that have the value of an earlier one; `field` is where a block has it, a part may be the value itself. */
  const distinct = <T extends object>(
    key: string,
    parts: ReadonlyArray<string | T> | undefined,
    field: string & keyof T,
    what: string
  ): void => {
    const values = parts?.map((part) => (typeof part === "string" ? part : part[field])) ?? []
    values.forEach((value, index) => {
      const place = typeof parts?.[index] === "string" ? [] : [field]
      if (values.indexOf(value) !== index) report([...at, key, index, ...place], what)
    })
  }
  distinct("segments", list.segments, "name", "a name that no other of the list has")
  distinct("zones", list.zones, "zone", "every zone once")
  distinct("priorities", list.priorities, "priority", "every priority once")
  distinct("bestHours", list.bestHours, "hour", "every hour once")
  const orders = typeof list.order === "string" ? [list.order] : list.order
  orders.forEach((each, index) => {
    if (orders.indexOf(each) !== index) report([...at, "order", index], "every order once")
  })
  if (list.file !== undefined) {
    if (orders.includes("priority") && list.fields.priority === undefined)
      report([...at, "order"], "an order other than priority, or fields.priority")
  } else if (orders.includes("priority") && list.priorities === undefined)
    report([...at, "order"], "an order other than priority, or priorities")
  if (orders.includes("best-hour") && list.bestHours === undefined)
    report([...at, "order"], "an order other than best-hour, or bestHours")
  checkSwitches(campaign, path, report)
}

/** Segments that are switched must be there, and some must be on at some time. */
const checkSwitches = ({ changes, list }: LooseCampaign, path: FieldPath, report: Report): void => {
  const segments = segmentsOf(list) ?? []
  const names = segments.map(({ name }) => name)
  const allowed = names.length === 0 ? "no segment: the list has none" : `one of ${names.join(", ")}`
  changes?.forEach((change, number) => {
    for (const key of ["segmentsOn", "segmentsOff"] as const) {
      change[key].forEach((name, index) => {
        const at = [...path, "changes", number, key, index]
        if (!names.includes(name)) report(at, allowed)
        else if (key === "segmentsOff" && change.segmentsOn.includes(name))
          report(at, "a segment that is not switched on at once")
      })
    }
  })
  const isEverOn = segments.some(({ name, on }) => on || changes?.some(({ segmentsOn }) => segmentsOn.includes(name)))
  if (segments.length > 0 && !isEverOn)
    report([...path, "list", "segments"], "a segment that is on, or is switched on by a change")
}
