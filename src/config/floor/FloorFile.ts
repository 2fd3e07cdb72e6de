import { Schema } from "effect"
import { isIpv4 } from "../../sip/wire/Address.ts"
import { PeerList } from "../../sip/wire/PeerList.ts"
import { trunksMax } from "../../sip/trunks/TrunkSettings.ts"
import { Count, derived, field, Name, required } from "../../yaml/fields.ts"
import { Zone } from "../campaign/Law.ts"
import { FilePath } from "../campaign/ListFile.ts"
import { CampaignFile } from "./CampaignFile.ts"
import { floorDefaults } from "./defaults.ts"

/** Most groups, and most campaigns, of a floor; most agents of a group. */
export const blocksMax = 1_000

const IpAddress = Schema.String.check(
  Schema.isPattern(/^[\d.]{7,15}$/, { "x-form": "an IPv4 address, such as 192.0.2.5" }),
  Schema.makeFilter((text) => isIpv4(text) || !/^[\d.]{7,15}$/.test(text) || "an IPv4 address, such as 192.0.2.5")
)
const Port = Count(1, 65_535)
const peerForm = "an IPv4 address or network, such as 192.0.2.7 or 10.0.0.0/8"
const isPeer = (text: string): boolean => {
  try {
    new PeerList([text])
    return true
  } catch {
    return false
  }
}
const Peer = Schema.String.check(
  Schema.isPattern(/^[\d./]{7,18}$/, { "x-form": peerForm }),
  Schema.makeFilter((text) => isPeer(text) || !/^[\d./]{7,18}$/.test(text) || peerForm)
)
const EndPoint = Schema.Struct({
  address: required(IpAddress, "The address others send to."),
  port: required(Port, "The port others send to.")
})

const Sip = Schema.Struct({
  address: required(IpAddress, "The address of this machine that SIP goes out from and comes in at."),
  port: field(Port, floorDefaults.sip.port, "Its UDP port."),
  contact: derived(EndPoint, "address and port", "Where others reach us, when a router stands between."),
  peers: required(
    Schema.Array(Peer).check(Schema.isMinLength(1), Schema.isMaxLength(1_000)),
    "Who may speak SIP to us: the trunks' addresses and the networks of agents' phones. Nobody else is heard."
  ),
  requestsPerSecond: field(
    Count(1, 10_000),
    floorDefaults.sip.requestsPerSecond,
    "New requests that one peer may send a second."
  ),
  sessionTimers: field(
    Schema.Boolean,
    floorDefaults.sip.sessionTimers,
    "Whether calls are asked now and then if they are still up (RFC 4028); false for trunks that fail on it."
  ),
  realm: field(
    Schema.String.check(Schema.isPattern(/^[^"\\\p{Cc}]{1,80}$/u, { "x-form": "a text without quotes" })),
    floorDefaults.sip.realm,
    "What phones show their users when they ask for the password."
  ),
  digests: field(
    Schema.Array(Schema.Literals(["SHA-256", "MD5"])).check(Schema.isMinLength(1), Schema.isMaxLength(2)),
    floorDefaults.sip.digests,
    "How phones prove their password, the best first. Many phones fail on anything but MD5 alone."
  )
})

const Media = Schema.Struct({
  address: derived(IpAddress, "sip.address", "The address of this machine that sound goes out from and comes in at."),
  ports: field(
    Schema.Array(Port).check(Schema.isMinLength(2), Schema.isMaxLength(2)),
    floorDefaults.media.ports,
    "First and last UDP port of sound; every call takes two for the customer and two for the agent."
  )
})

const Agent = Schema.Struct({
  name: required(Name, "What reports call the agent."),
  user: required(
    Schema.String.check(
      Schema.isPattern(/^[A-Za-z0-9._-]{1,60}$/, {
        "x-form": "1 to 60 letters, digits, dots, - and _, in quotes if it is a number"
      })
    ),
    "Signs in with it, and the phone registers under it."
  ),
  password: derived(
    Schema.String.check(Schema.isPattern(/^[^\p{Cc}]{1,200}$/u, { "x-form": "a password of 1 to 200 characters" })),
    "none; needed without address",
    "The phone's password. Best as ${NAME} of an environment variable."
  ),
  address: derived(
    Schema.String.check(
      Schema.isPattern(/^sip:[^\s<>"@]+@[^\s<>"@]+$/, { "x-form": "a SIP address, such as sip:201@192.0.2.20" })
    ),
    "none; needed without password",
    "A phone that does not register: where it is."
  )
}).check(
  Schema.makeFilter(({ address, password }) =>
    (address === undefined) === (password === undefined)
      ? { path: ["password"], issue: "either password or address" }
      : undefined
  )
)

/** Agents that serve the same campaigns. */
export const Group = Schema.Struct({
  name: required(Name, "What campaigns and reports call the group."),
  alwaysOn: field(
    Schema.Boolean,
    floorDefaults.group.alwaysOn,
    "The agent's line stays up all shift and calls are bridged in at once; otherwise the phone rings for every call."
  ),
  agents: required(Schema.Array(Agent).check(Schema.isMaxLength(blocksMax)), "Who works in it.")
})

/** A live floor as a manager writes it in YAML: `outpace.yaml`. */
export const FloorFile = Schema.Struct({
  name: required(Name, "Title of reports."),
  zone: field(Zone, floorDefaults.zone, "The time zone where a campaign's law names none."),
  store: field(FilePath, floorDefaults.store, "SQLite file with everything that happens; made when missing."),
  recordings: field(
    Schema.Struct({
      folder: field(FilePath, floorDefaults.recordings.folder, "Where recorded calls go; made when missing."),
      keepDays: field(Count(1, 3_650), floorDefaults.recordings.keepDays, "Days after which a recording is deleted.")
    }),
    {},
    "Recorded calls."
  ),
  prompts: field(
    Schema.Struct({
      folder: field(FilePath, floorDefaults.prompts.folder, "Where sound files are, and where spoken texts are kept."),
      voice: field(
        Schema.String.check(
          Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9 _+.-]{0,58}$/, { "x-form": "the name of a voice, such as en-gb" })
        ),
        floorDefaults.prompts.voice,
        "Who speaks texts: a voice of espeak-ng."
      ),
      wordsPerMinute: field(Count(80, 450), floorDefaults.prompts.wordsPerMinute, "How fast texts are spoken.")
    }),
    {},
    "What calls hear."
  ),
  sip: required(Sip, "Signalling."),
  media: field(Media, {}, "Sound."),
  trunks: required(
    Schema.Array(
      Schema.Record(Schema.String, Schema.Unknown).annotate({ title: "a trunk, as in docs/configuration.md" })
    ).check(Schema.isMinLength(1), Schema.isMaxLength(trunksMax)),
    "Ways to the telephone network."
  ),
  groups: field(Schema.Array(Group).check(Schema.isMaxLength(blocksMax)), [], "The agents."),
  campaigns: required(
    Schema.Array(CampaignFile).check(Schema.isMinLength(1), Schema.isMaxLength(blocksMax)),
    "The campaigns."
  )
})
export type FloorFile = typeof FloorFile.Type
