import { Result, Schema } from "effect"
import type { Mark, Profile } from "./Profile.ts"
import { profiles } from "./profiles.ts"

/** A call as far as it decides which profiles apply. */
export interface CallKind {
  /** Called number's country, ISO 3166-1. */
  readonly country: string
  /** Where the called party may be: of the area code and of the address; empty where nothing is known. */
  readonly regions: ReadonlyArray<string>
  readonly purpose: "marketing" | "research" | "collections" | "service"
  readonly audience: "consumer" | "business"
  readonly mode: "manual" | "preview" | "progressive" | "predictive" | "automatic" | "callback"
  /** Day of the dial instant, `2026-11-21`: a call is judged under the version valid then. */
  readonly date: string
}

/** Whether a profile speaks of this call. Without any region known, the profiles of all regions do. */
export const appliesTo = (profile: Profile, call: CallKind): boolean => {
  const { audience, country, modes, purpose, regions } = profile.applies
  return (
    (country === undefined || country === call.country) &&
    (regions === undefined || call.regions.length === 0 || regions.some((region) => call.regions.includes(region))) &&
    (purpose === undefined || purpose.includes(call.purpose)) &&
    (audience === undefined || audience.includes(call.audience)) &&
    (modes === undefined || modes.includes(call.mode)) &&
    (profile.validFrom === undefined || profile.validFrom <= call.date) &&
    (profile.validTo === undefined || call.date < profile.validTo)
  )
}

/** A profile nobody wrote: calls under it are not made. */
export class UnknownProfile extends Schema.TaggedError<UnknownProfile>()("UnknownProfile", { id: Schema.String }) {
  override get message() {
    return `there is no compliance profile ${this.id}`
  }
}

/** The profile of that id, from the ones that come with the product or the ones given. */
export const profileOf = (
  id: string,
  among: ReadonlyArray<Profile> = profiles
): Result.Result<Profile, UnknownProfile> => {
  const found = among.find((profile) => profile.id === id)
  return found === undefined ? Result.fail(new UnknownProfile({ id })) : Result.succeed(found)
}

/** Where the value at a path is from: its own mark, or that of the smallest group around it that has one. */
export const markOf = (profile: Profile, path: string): Mark | undefined => {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (Object.hasOwn(profile.marks, at)) return profile.marks[at]
  }
  return undefined
}
