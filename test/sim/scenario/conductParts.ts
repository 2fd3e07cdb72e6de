import { smallFile } from "./smallFile.ts"

/** The small file with more lines in its campaign, each indented by four. */
export const withLines = (...lines: ReadonlyArray<string>): string => `${smallFile}${lines.join("\n")}\n`

export const dispositions = `    dispositions:
      - { code: sale, label: Sale, success: true, rightParty: true, final: true, share: 0.1 }
      - { code: call-later, label: Call later, asksCallbackTime: true, share: 0.2, askedAfterMinutes: 30 }`

/** An automatic campaign with these people and a flow. */
export const automatic = (flow: string, people: string): string =>
  smallFile
    .replace("progressive", "automatic\n    groups: [team]")
    .replace("person: 0.25 } }", `person: 0.25 }, ${people} }`)
    .concat(`    flow: ${flow}\n`)
