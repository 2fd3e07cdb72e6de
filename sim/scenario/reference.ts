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

const lawsIntroduction = `## Laws of times

All times are seconds; in fields that end in \`Minutes\` they are minutes. \`20\` alone is the constant 20; \`[12, 15, 31]\`
alone are measured values, drawn with replacement. Talk is best taken from a log (a list) or given by mean and variation
(\`lognormal\`); \`bands\` serve where a few kinds of calls are known. \`exponential\` fits measured talk times worst, though
it is often assumed.`

const pacingIntroduction = `## Pacing

A mode allows some kinds: manual, preview, progressive and callback place \`one-per-agent\`; automatic uses \`lines\`;
predictive uses any other. The bare name of a kind (\`pacing: look-ahead\`) takes all its defaults.`
