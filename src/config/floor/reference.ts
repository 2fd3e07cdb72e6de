import { blocksOf } from "../../yaml/fieldTables.ts"
import { floorJsonSchema } from "./jsonSchema.ts"

/** Blocks a campaign has in common with those of scenarios: their fields stand in `docs/scenarios.md`. */
const shared = ["campaigns[].rules", "campaigns[].expected", "campaigns[].dispositions[]"]

/** `docs/configuration.md`: every field of `outpace.yaml`, from the schema itself. */
export const floorReference = (): string => {
  const root = floorJsonSchema()
  const blocks = blocksOf(root, "", root)
  const own = blocks.filter((_, index) => {
    const heading = blocks[index % 2 === 0 ? index : index - 1]
    return !shared.some((path) => heading.startsWith(`### \`${path}`))
  })
  return [introduction, "## Fields", ...own, trunks, secrets].join("\n\n").concat("\n")
}

const introduction = `# Configuration of a live floor

<!-- Generated from src/config/floor by \`node src/config/floor/writeGenerated.ts\`. -->

\`outpace.yaml\` is one file: where calls go out, who takes them, and the campaigns. [outpace.sample.yaml](outpace.sample.yaml)
is the one to copy. \`outpace doctor\` tries what is in it before anybody is called, and \`outpace call\` places one call with it.

- **A campaign is written as in a scenario.** \`mode\`, \`pacing\`, \`groups\`, \`priority\`, \`law\`, \`rules\`, \`goal\`, \`callerIds\`,
  \`dispositions\`, \`afterAttempt\`, \`queue\`, \`flow\`, \`card\`, \`cardInbound\`, \`expected\`, \`detection.enabled\` and the file of
  \`list\` with its \`filter\` are the very fields of [scenario files](scenarios.md), read by the same code: copy the block
  that was rehearsed. What is missing has the same default. Fields that say how simulated people behave are refused here,
  with a word that they belong to rehearsals.
- **Units end the key.** \`ringSecondsMax: 22\` is 22 seconds. Shares are parts of 1: 3 % is \`0.03\`.
- **Paths** are from the folder the file lies in.
- **Unknown fields are mistakes.** A file that cannot be used is refused with everything that is wrong with it: line, field,
  what was found and what is allowed; exit code 2.
- **Editors** that know JSON Schema complete and check fields when the first line of the file is
  \`# yaml-language-server: $schema=outpace.floor.schema.json\` and the file lies beside that schema
  (\`outpace config schema\` prints it).`

const trunks = `## Trunks

Each of \`trunks\` is a carrier's SIP account, or a peer that knows us by our address.

| field | takes | default | meaning |
|---|---|---|---|
| \`name\` | a name of 1 to 40 characters | **needed** | What managers and reports call it. |
| \`host\` | \`host\` or \`host:port\` | **needed** | The carrier's proxy and registrar; a name without port is looked up by SRV first. |
| \`outboundProxy\` | \`host\` or \`host:port\` | *host* | Where requests are sent instead. |
| \`domain\` | a domain | *the host without its port* | The domain of From, To and P-Asserted-Identity. |
| \`credentials\` | \`{ user, password }\` | *none* | For digest challenges; missing at a peer that knows us by our address. |
| \`register\` | true or false | \`false\` | Whether we register there; needs credentials. |
| \`registerUser\` | a user | *the user of credentials* | The name that is registered, where it is not the user. |
| \`registerSeconds\` | whole, 60 to 86400 s | \`600\` | The expiry asked for. |
| \`priority\` | whole, 1 to 100 | \`1\` | Those with 1 are tried first; equal ones share the calls. |
| \`linesMax\` | whole, 1 to 10000 | **needed** | Calls it carries at once, ringing ones included. |
| \`callsPerSecondMax\` | whole, 1 to 500 | \`10\` | Calls begun within any second. |
| \`keepAliveSeconds\` | whole, 5 to 3600 s, or 0 | \`30\` | Between two OPTIONS; 0 sends none. |
| \`silenceSecondsMax\` | whole, 1 to 32 s | \`6\` | How long a call may get no answer at all before it goes to the next address or trunk; where there is none it waits 32 s. |
| \`calledNumbers\` | a block with \`format\` | \`{ format: plus }\` | How called numbers are written: \`plus\` (+4930901820), \`digits\`, \`national\` (with \`countryCode\`, \`trunkPrefix\`, \`internationalPrefix\`) or \`prefixes\` (with \`rules\` of \`from\` and \`to\`). |
| \`callerNumbers\` | a block with \`format\` | \`{ format: plus }\` | How callers' numbers are written. |
| \`callerIdStyle\` | from, from-and-asserted, asserted-anonymous | \`from\` | In which headers the caller's number is told. |
| \`transferCallerId\` | trunk, customer | \`trunk\` | Whose number somebody sees a call is given to; \`customer\` only where the carrier allows numbers that are not yours. |
| \`callerNumber\` | a number with its country | **needed** | The caller of calls that bring no number of their own. |
| \`headers\` | list: lines \`Name: value\` | \`[]\` | Sent with every INVITE. |

A campaign's \`rules.lines\` and \`rules.callsPerSecond\` are, where it does not say, those of all trunks together.`

const secrets = `## Secrets

The whole value of any field may be \`"\${NAME}"\` (in quotes, as braces mean something else in YAML): then it is that of the environment variable NAME, as a text. A variable that
is not set is a mistake. No message shows the value of a field \`password\`, nor what came from the environment.

\`\`\`sh
TRUNK_PASSWORD=… outpace doctor --config outpace.yaml
\`\`\``
