import type { ModeName } from "../../domain/Mode.ts"

/** Groups that serve a campaign when its file names none. */
export const groupsOf = (
  campaign: { readonly groups?: ReadonlyArray<string> | undefined; readonly mode: ModeName },
  all: ReadonlyArray<string>
): ReadonlyArray<string> => campaign.groups ?? (campaign.mode === "automatic" ? [] : all)
