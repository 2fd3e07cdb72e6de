/** What a number's zones are called where nothing is known: such a call is blocked. */
export const unknownZone = "Etc/Unknown"

/** Where a person may be, as IANA zones. */
export interface ZoneEvidence {
  /** Zone stated by the person or of the verified address. */
  readonly record?: string
  /** Every zone the number may belong to; empty where nobody looked it up. */
  readonly number: ReadonlyArray<string>
  /** Zone of the campaign, for records without any evidence. */
  readonly campaign: string
}

/**
 * The zones in all of which a call must be allowed. `best`: the record's own, else all of the number's, else the
 * campaign's. `all`: the record's own and the number's together (Florida presumes by area code, the federal rule goes by
 * the place). A number that was looked up and not found stays unknown, it does not fall back to the campaign's zone.
 */
export const zonesOf = (evidence: ZoneEvidence, rule: "best" | "all"): ReadonlyArray<string> => {
  const { record, number } = evidence
  if (record === undefined) return number.length > 0 ? [...new Set(number)] : [evidence.campaign]
  if (rule === "best") return [record]
  return [...new Set([record, ...number.filter((zone) => zone !== unknownZone)])]
}
