import { Result } from "effect"
import type { Scenario } from "../../../sim/Scenario.ts"
import { openedWith } from "../scenario/sample.ts"

/** Invented members with numbers that are kept free for fiction; places from Halifax to Winnipeg. */
export const members = `Member,Name,Phone,Mobile,Level,Rank,Zone,Status
1,Ada Alcock,416 555 0101,647 555 0101,patron,5,,active
2,Bruno Birchall,902 555 0102,,friend,1,,active
3,Clara Calloway,204 555 0103,,student,-2,,paused
4,Dexter Dunmore,416 555 0104,647 555 0104,friend,,America/Winnipeg,
5,Edith Ellerby,514 555 0105,,guest,7,,active
6,Fergus Fontenot,416 555 0106,416 555 0101,friend,x,,active
7,Greta Galloway,not known,,friend,1,,active
8,Hana Harkness,902 555 0108,,friend,1,,active
`

/** A scenario of one agent whose list is in `members.csv`; `list` has further lines of its list, `more` of its campaign. */
export const memberText = (list = "", more = "", mode = "progressive"): string => `name: Members
seed: 3
day: { date: "2026-11-23", start: "10:00", lengthHours: 4, zone: America/Toronto }
trunk: { postDialDelaySeconds: 0 }
groups: [{ name: team, agents: 1 }]
campaigns:
  - name: Calls
    mode: ${mode}
    law: none
    list:
      file: members.csv
      country: CA
      numbers: [Phone, Mobile]
      fields: { externalId: Member, lastName: Name, segment: Level, priority: Rank, zone: Zone }
${list}    people: { outcomes: { person: 0.5, busy: 0.5 }, talkSeconds: 10 }
    rules: { attemptsMax: 1 }
    work: { wrapSeconds: 0 }
${more}`

/** The scenario of such a text, which must be one. */
export const membersOpened = (text: string, files: Readonly<Record<string, string>> = {}): Scenario =>
  Result.getOrThrow(openedWith(text, { "members.csv": members, ...files })).scenario

/** The whole message for a text that must be refused. */
export const membersRefused = (text: string, files: Readonly<Record<string, string>> = {}): string =>
  Result.match(openedWith(text, { "members.csv": members, ...files }), {
    onSuccess: () => "accepted",
    onFailure: ({ message }) => message
  })
