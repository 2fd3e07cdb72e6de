import { alternative } from "../../src/yaml/allowed.ts"
import { blocksOf, kindTables, tableOf } from "../../src/yaml/fieldTables.ts"
import { conductIntroduction, flowIntroduction } from "./conductReference.ts"
import { scenarioJsonSchema } from "./jsonSchema.ts"

/** `docs/scenarios.md`: every field of a scenario file with its unit, range and default, from the schema itself. */
export const scenarioReference = (): string => {
  const root = scenarioJsonSchema()
  return [
    introduction,
    "## Fields",
    ...blocksOf(root, "", root),
    lawIntroduction,
    ...blocksOf(alternative(root.definitions.CampaignLaw, {}, root), "law", root),
    listIntroduction,
    conductIntroduction,
    flowIntroduction,
    ...blocksOf(root.definitions.CampaignFlow, "flow", root),
    "### A prompt",
    tableOf(root.definitions.FlowPrompt, root),
    "### A do-not-call key",
    tableOf(root.definitions.FlowOptOut, root),
    ...blocksOf(root.definitions.FlowPeople, "people.flow", root),
    lawsIntroduction,
    ...kindTables(root.definitions.Distribution, root),
    pacingIntroduction,
    ...kindTables(root.definitions.Pacing, root)
  ]
    .join("\n\n")
    .concat("\n")
}

const introduction = `# Scenario files

<!-- Generated from sim/scenario by \`node sim/scenario/writeGenerated.ts\`. -->

A scenario is one YAML file: the day, the lines, the agents, and the campaigns with the people they call. The files in
\`scenarios/\` are examples with comments; \`scenarios/sample.yaml\` is the one to copy.

- **Units end the key.** \`ringSecondsMax: 22\` is 22 seconds, \`lengthHours: 8\` is 8 hours. Shares and rates are parts of
  1: 3 % is \`0.03\`.
- **Clock times** are local, written \`"09:30"\`. A time before the start of the day is the next morning, so a night shift
  can run past midnight.
- **Times that vary** (fields in seconds whose value is *a time in seconds*) take a number (always that long), a list of
  measured values, or a law by its \`kind\`: see [Laws of times](#laws-of-times).
- **Anything left out has the default shown here.** A default never adds an effect that nobody asked for. What has no
  default must be there: names, the number of agents, the list, the mode, and how people answer.
- **Unknown fields are mistakes.** A file that cannot be run is refused with everything that is wrong with it: line,
  field, what was found and what is allowed.
- **Editors** that know JSON Schema complete and check fields when the first line of the file is
  \`# yaml-language-server: $schema=outpace.schema.json\` and the file lies beside that schema.`

const lawIntroduction = `## Law

A campaign is under the strict profile of the house unless its \`law\` says otherwise: \`law: { profiles: [uk-ofcom-2017] }\`
names profiles, \`law: none\` is for studies of pacing alone. The dialler then keeps hours, holidays, attempts and lock-outs
by itself, each contact by its own time zone, and holds an agent for every call while one more abandoned call would break
a ceiling. [Calling rules](compliance.md) has the profiles, and how several are put together.

- What \`rules\` leaves out follows from the profiles. **What it states may be stricter, never looser**: a looser value is
  refused with the profile that says so. To loosen deliberately, state the rule in \`law.house\` with an \`override\`.
- House rules are written like the groups of a profile: \`rules: { ring: { millisMin: 20000 } }\`.
- Instants need a date: \`day.date\`, and \`day.zone\` for the clock times of the file.`

const listIntroduction = `## A list of your own

\`list.file\` names a CSV file with the contacts, in the words \`outpace.yaml\` has for it, and it is
[read as a live floor reads it](lists.md): the same encodings, columns, numbers and do-not-call files, and the same rows left
out. What was left out, and why, is told before anything is rehearsed; a column the list names and the file does not have is a
mistake. \`scenarios/museum-friends.yaml\` is an example.

\`\`\`yaml
list:
  # Paths are from the folder of the scenario.
  file: members.csv
  country: GB
  numbers: [Phone, Mobile]
  fields: { firstName: First name, segment: Level, priority: Rank, zone: Time zone }
  doNotCall: [{ file: objections.txt, name: our own list }]
  segments: [patron, { name: student, pickup: 0.7 }]
  filter: { op: "!=", field: parameter.Status, value: paused }
  order: [priority, newest]
\`\`\`

- **From the file** come how many contacts there are and how many numbers each has, their segments, priorities, fields and
  parameters, and where they are: by the field \`zone\`, else by their numbers. Shares that would make this up are mistakes
  beside \`file\`. What no file says can still be given: \`bestHours\`, the \`pickup\` of segments, requests in mode callback.
- **How people behave** is still what \`people\` says, by chance, the same for the same contact in every shift and setting.
- **Rules, filters and flows** see the fields and parameters of the contact. A branch of a flow goes by them, so
  \`people.flow\` has no \`holds\`. A card that shows a column neither the file has nor a rule sets is a mistake.
- **A person who wants no calls** (a rule or a key with do-not-call) gets none from any campaign whose list has one of the
  person's numbers, from that moment, as on a live floor.
- **A filter** can leave out contacts that are made up, too: by segment, by \`list.parameters\`, and by what became of them.
- The age of do-not-call lists, which some laws limit, is what \`law.listsLoadedDaysAgo\` says: a rehearsed day is not today.
- Results keep the name of the file, its SHA-256 and how many rows were left out, but none of the people on it.
- A million contacts take about 40 MB and the texts that filters, rules and flows ask for, once, however many shifts run at a time.`

const lawsIntroduction = `## Laws of times

All times are seconds; in fields that end in \`Minutes\` they are minutes. \`20\` alone is the constant 20; \`[12, 15, 31]\`
alone are measured values, drawn with replacement. Talk is best taken from a log (a list) or given by mean and variation
(\`lognormal\`); \`bands\` serve where a few kinds of calls are known. \`exponential\` fits measured talk times worst, though
it is often assumed.`

const pacingIntroduction = `## Pacing

A mode allows some kinds: manual, preview, progressive and callback place \`one-per-agent\`; automatic uses \`lines\`;
predictive uses any other. The bare name of a kind (\`pacing: look-ahead\`) takes all its defaults.`
