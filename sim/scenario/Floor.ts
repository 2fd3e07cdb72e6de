import { Schema } from "effect"
import { defaults } from "./defaults.ts"
import { Distribution } from "./Distribution.ts"
import {
  Clock,
  Count,
  derived,
  field,
  Hours,
  Minutes,
  Name,
  PerSecond,
  required,
  Seconds,
  Share,
  Variation
} from "../../src/yaml/fields.ts"
import { IsoDate, Zone } from "../../src/config/campaign/Law.ts"

export const Day = Schema.Struct({
  date: field(IsoDate, defaults.day.date, "Its date: weekdays and holidays decide when people may be called."),
  start: field(Clock, defaults.day.start, "When the day starts, local time of its zone."),
  lengthHours: field(Hours, defaults.day.lengthHours, "How long it lasts."),
  zone: derived(
    Zone,
    "the zone of the first campaign under a law, or Europe/London",
    "The time zone of all clock times of the file."
  )
})

export const Trunk = Schema.Struct({
  lines: field(
    Count(1, 100_000),
    defaults.trunk.lines,
    "Calls the trunk carries at once, ringing and talking together."
  ),
  callsPerSecond: field(PerSecond, defaults.trunk.callsPerSecond, "Calls the carrier lets you start per second."),
  postDialDelaySeconds: field(
    Distribution,
    defaults.trunk.postDialDelaySeconds,
    "From placing a call to its first ringing; 1 to 3 s are usual."
  ),
  congestionShare: field(Share, defaults.trunk.congestionShare, "Calls the network refuses for congestion.")
})

const Phone = Schema.Struct({
  alwaysOn: field(
    Schema.Boolean,
    defaults.phone.alwaysOn,
    "The agent's line stays up all shift and calls are bridged in at once; otherwise the phone rings for every call."
  ),
  answerDelaySeconds: field(
    Distribution,
    defaults.phone.answerDelaySeconds,
    "Until an agent picks up, where the phone rings."
  ),
  missShare: field(Share, defaults.phone.missShare, "Calls an agent lets ring."),
  missAfterSeconds: field(
    Seconds,
    defaults.phone.missAfterSeconds,
    "How long such a call rings before it is taken away."
  ),
  refuseShare: field(Share, defaults.phone.refuseShare, "Calls an agent refuses.")
}).check(
  Schema.makeFilter(({ missShare, refuseShare }) =>
    missShare + refuseShare <= 1 ? undefined : "missShare and refuseShare that add to at most 1"
  )
)

const Shift = Schema.Struct({
  start: derived(Clock, "the start of the day", "Sign-in, local time."),
  end: derived(Clock, "the end of the day", "Sign-out, local time."),
  spreadMinutes: field(Minutes, defaults.shift.spreadMinutes, "Every agent is shifted by an own draw within this time.")
})

const Break = Schema.Struct({
  at: required(Clock, "When the first agents leave, local time."),
  lengthMinutes: required(Minutes, "How long each agent is away."),
  spreadMinutes: field(Minutes, defaults.break.spreadMinutes, "Agents leave spread evenly over this time.")
})

/** Agents alike in skills and habits. */
export const Group = Schema.Struct({
  name: required(Name, "What campaigns and reports call the group."),
  agents: required(Count(0, 10_000), "How many people work in it."),
  speedCv: field(
    Variation,
    defaults.group.speedCv,
    "How much agents differ in speed: standard deviation over mean of their talk, wrap and reading times."
  ),
  phone: field(Phone, {}, "How calls reach the agents."),
  shift: field(Shift, {}, "When they sign in and out."),
  breaks: field(Schema.Array(Break).check(Schema.isMaxLength(50)), [], "Breaks of the whole group.")
})
