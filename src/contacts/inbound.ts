import { Result } from "effect"
import type { E164 } from "../domain/Contact.ts"
import type { NumberIndex } from "./NumberIndex.ts"
import { type CountryCode, toE164 } from "./phoneNumber.ts"

/** Campaigns by the numbers people call them on. */
export type CampaignNumbers = ReadonlyMap<string, string>

/** A number that two campaigns claim. */
export interface NumberTakenTwice {
  readonly number: string
  readonly campaigns: readonly [string, string]
}

/**
 * The numbers of campaigns, written in any usual way; `country` is that of numbers written without one. Short numbers that
 * belong to no numbering plan, as a trunk may give them, are taken as they are.
 */
export const campaignNumbers = (
  rows: Iterable<readonly [number: string, campaign: string]>,
  country: CountryCode
): Result.Result<CampaignNumbers, NumberTakenTwice> => {
  const campaigns = new Map<string, string>()
  for (const [number, campaign] of rows) {
    const key = keyOf(number, country)
    const other = campaigns.get(key)
    if (other !== undefined && other !== campaign) return Result.fail({ number, campaigns: [other, campaign] })
    campaigns.set(key, campaign)
  }
  return Result.succeed(campaigns)
}

const keyOf = (number: string, country: CountryCode): string =>
  toE164(number, country) ?? number.replace(/[\s()./-]/g, "")

/** A call that comes in, as the trunk gives it. */
export interface InboundCall {
  readonly dialled: string
  /** Null where the caller's number is withheld. */
  readonly caller: string | null
  /** Of numbers that come without a country. */
  readonly country: CountryCode
}

export interface InboundMatch {
  /** Null for a number no campaign has. */
  readonly campaign: string | null
  /** The caller's number; null where it is withheld or none. */
  readonly number: E164 | null
  /** Contacts with that number as `NumberIndex` orders them; the first is the likeliest. */
  readonly contacts: ReadonlyArray<number>
}

/** What is known of a call before anybody speaks: its campaign by the number dialled, its contact by the caller's. */
export const matchInbound = (call: InboundCall, campaigns: CampaignNumbers, contacts: NumberIndex): InboundMatch => {
  const number = call.caller === null ? null : toE164(call.caller, call.country)
  return {
    campaign: campaigns.get(keyOf(call.dialled, call.country)) ?? null,
    number,
    contacts: number === null ? [] : contacts.contactsOf(number)
  }
}
