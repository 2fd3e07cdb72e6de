/** What the far end of a trunk does with a call. Times are in milliseconds from the INVITE or the answer. */
export type Behaviour =
  | {
      readonly _tag: "Answer"
      readonly ringMillis: number
      /** Pitch of the voice; null for somebody who says nothing and sends nothing. */
      readonly hertz: number | null
      /** Pitch of a tone before the answer: 183 with a description in place of 180. */
      readonly earlyHertz?: number
      /** Hangs up so long after the answer; without it the caller has to. */
      readonly hangUpMillis?: number
      /** Says nothing but presses these keys, as tones: telephone-event is not agreed on. Each as `touchTones` has it. */
      readonly keys?: string
    }
  /** Rings, or says nothing for that long, and refuses. `q850` is told as the Reason (RFC 3326). */
  | { readonly _tag: "Refuse"; readonly status: string; readonly ringMillis: number; readonly q850?: number }
  /** Rings until the caller gives up. */
  | { readonly _tag: "NoAnswer" }

/** The numbers that end like that get this; the first that fits counts. */
export interface Rule {
  readonly endings: ReadonlyArray<string>
  readonly behaviour: Behaviour
}

export interface TrunkPlan {
  readonly rules: ReadonlyArray<Rule>
  /** For all other numbers. */
  readonly otherwise: Behaviour
  /** Asks by 401 for a digest: MD5 without qop, since SIPp can check neither 407 nor more. */
  readonly challenge?: { readonly user: string; readonly password: string }
  /** Sends back the sound it gets in place of voices. */
  readonly echoes?: boolean
}

/** The sound file of keys. */
export const keysFile = (keys: string): string =>
  `keys-${keys.replaceAll("#", "p").replaceAll("*", "s").replaceAll(" ", "_")}.ulaw`

/** Longest ringing of `NoAnswer` and longest call, after which the scenario counts as broken. */
const ringMillisMax = 180_000
const callMillisMax = 3_600_000

const message = (lines: ReadonlyArray<string>, body = ""): string =>
  `<![CDATA[\n${[...lines, ...(body === "" ? ["Content-Length: 0"] : ["Content-Type: application/sdp", "Content-Length: [len]"])].join("\n")}\n\n${body}]]>`

const description = (echoes: boolean, direction: string, events = true): string =>
  [
    "v=0",
    "o=- 1 1 IN IP4 [local_ip]",
    "s=-",
    "c=IN IP4 [media_ip]",
    "t=0 0",
    `m=audio ${echoes ? "[media_port]" : "[rtpstream_audio_port]"} RTP/AVP 0${events ? " 101" : ""}`,
    "a=rtpmap:0 PCMU/8000",
    ...(events ? ["a=rtpmap:101 telephone-event/8000"] : []),
    `a=${direction}`,
    ""
  ].join("\n")

/** Every header of the message, as it came. */
const keep = (header: string, variable: string, regexp = ".*", from = "hdr"): string =>
  `<ereg regexp="${regexp}" search_in="${from}"${from === "hdr" ? ` header="${header}"` : ""} assign_to="${variable}"/>`

interface Reply {
  readonly body?: string
  readonly headers?: ReadonlyArray<string>
  /** 200 and final responses to INVITE are repeated until their ACK. */
  readonly repeats?: boolean
  readonly action?: string
  /** Answers the INVITE though the last message may be another. */
  readonly toInvite?: boolean
  /** To has its tag already. */
  readonly within?: boolean
  /** Where the scenario goes on: a step of its own would be a moment in which nothing may come. */
  readonly next?: string
}
const reply = (
  status: string,
  { action = "", body = "", headers = [], next, repeats = false, toInvite = false, within = false }: Reply
) =>
  `<send${repeats ? ' retrans="500"' : ""}${next === undefined ? "" : ` next="${next}"`}>${message(
    [
      `SIP/2.0 ${status}`,
      ...(toInvite ? ["[$vias]From:[$from]", "To:[$to];tag=t[call_number]", "CSeq:[$cseq]"] : []),
      ...(toInvite ? [] : ["[last_Via:]", "[last_From:]"]),
      ...(toInvite ? [] : [within ? "[last_To:]" : "[last_To:];tag=t[call_number]", "[last_CSeq:]"]),
      "[last_Call-ID:]",
      ...(toInvite ? [] : ["[last_Record-Route:]"]),
      `${toInvite ? "[$routes]" : ""}Contact: <sip:far@[local_ip]:[local_port]>`,
      ...headers
    ],
    body
  )}${action}</send>`

const act = (...actions: ReadonlyArray<string>): string => `<action>${actions.join("")}</action>`
const nop = (...actions: ReadonlyArray<string>): string => `<nop>${act(...actions)}</nop>`
const log = (what: string): string => `<log message="[$number] ${what}"/>`
const go = (label: string, test?: string): string =>
  `<nop next="${label}"${test === undefined ? "" : ` test="${test}"`}/>`
const label = (id: string): string => `<label id="${id}"/>`
const receive = (request: string, attributes: string, ...actions: ReadonlyArray<string>): string =>
  `<recv request="${request}" ${attributes}>${actions.length === 0 ? "" : act(...actions)}</recv>`
/** What acknowledges a final response; a CANCEL may have crossed that, and is answered first (RFC 3261 §9.2). */
const acknowledged = (id: string, ...actions: ReadonlyArray<string>): ReadonlyArray<string> => [
  label(`${id}-ack`),
  receive("CANCEL", `optional="true" next="${id}-crossed"`),
  receive("ACK", `next="${id}-acked"`, ...actions),
  label(`${id}-crossed`),
  reply("200 OK", { next: `${id}-ack` }),
  label(`${id}-acked`)
]
const stream = (what: string): string => `<exec rtp_stream="${what}"/>`

/** What the trunk must be told of the caller's INVITE to be able to answer and to call back. */
const invite = (plan: TrunkPlan, ...more: ReadonlyArray<string>): string =>
  receive(
    "INVITE",
    'rrs="true"',
    // With proxies in between there are several, one after the other.
    keep("", "vias", "(Via:[^[:cntrl:]]*[[:cntrl:]]+)+", "msg"),
    keep("", "routes", "(Record-Route:[^[:cntrl:]]*[[:cntrl:]]+)+", "msg"),
    keep("From:", "from"),
    keep("To:", "to"),
    keep("CSeq:", "cseq"),
    keep("Contact:", "contact", "sip:[^&gt;]*"),
    keep("From:", "fromUser,caller", "sips?:([^@]*)@").replace("fromUser,caller", "whole,caller"),
    keep("", "whole,number", "^INVITE sips?:([^@;]*)", "msg"),
    ...plan.rules.map(({ endings }, i) =>
      keep("", `rule${i}`, `^INVITE sips?:[^@;]*(${endings.join("|")})[@;]`, "msg")
    ),
    ...more
  )

const challenge = ({ challenge: wanted }: TrunkPlan): ReadonlyArray<string> =>
  wanted === undefined
    ? []
    : [
        reply("401 Unauthorized", {
          headers: ['WWW-Authenticate: Digest realm="trunk", nonce="n[call_number]", algorithm=MD5'],
          repeats: true
        }),
        receive("ACK", "")
      ]
const verified = (plan: TrunkPlan, wanted = plan.challenge): ReadonlyArray<string> =>
  wanted === undefined
    ? []
    : [
        // Only as it comes in can a message be verified; later SIPp dies of it.
        invite(plan, `<verifyauth assign_to="known" username="${wanted.user}" password="${wanted.password}"/>`),
        go("known", "known"),
        reply("403 Forbidden", { repeats: true }),
        receive("ACK", ""),
        nop(log("refused 403")),
        go("end"),
        label("known")
      ]

/** A branch of the scenario: what one behaviour does. */
const branch = (behaviour: Behaviour, id: string, plan: TrunkPlan): ReadonlyArray<string> => {
  const ring = (millis: number, then: string) =>
    receive("CANCEL", `timeout="${Math.max(1, millis)}" ontimeout="${then}" next="cancelled"`)
  if (behaviour._tag === "NoAnswer") {
    return [label(id), reply("180 Ringing", {}), ring(ringMillisMax, "end")]
  }
  if (behaviour._tag === "Refuse") {
    const { q850, ringMillis, status } = behaviour
    return [
      label(id),
      reply(ringMillis > 0 ? "180 Ringing" : "100 Trying", {}),
      ring(ringMillis, `${id}-refuse`),
      label(`${id}-refuse`),
      reply(status, {
        headers: q850 === undefined ? [] : [`Reason: Q.850;cause=${q850}`],
        repeats: true,
        toInvite: true
      }),
      ...acknowledged(id),
      nop(log(`refused ${status.slice(0, 3)}`)),
      go("end")
    ]
  }
  const echoes = plan.echoes === true
  const sound = (hertz: number | null): ReadonlyArray<string> =>
    hertz === null || echoes ? [] : [stream(`${hertz}.ulaw,-1,0,PCMU/8000`)]
  const { earlyHertz, hangUpMillis = callMillisMax, hertz, keys, ringMillis } = behaviour
  const early =
    earlyHertz === undefined
      ? [reply("180 Ringing", {})]
      : [
          reply("183 Session Progress", { body: description(echoes, "sendrecv") }),
          ...sound(earlyHertz).map((one) => nop(one))
        ]
  return [
    label(id),
    ...early,
    ring(ringMillis, `${id}-answer`),
    label(`${id}-answer`),
    reply("200 OK", { body: description(echoes, "sendrecv", keys === undefined), repeats: true, toInvite: true }),
    ...acknowledged(id, ...(keys === undefined ? sound(hertz) : [stream(`${keysFile(keys)},1,0,PCMU/8000`)])),
    ...talk(id, hangUpMillis, echoes)
  ]
}

/** Until somebody hangs up: re-INVITEs are answered and obeyed, INFO is taken. */
const talk = (id: string, hangUpMillis: number, echoes: boolean): ReadonlyArray<string> => [
  label(`${id}-talk`),
  // Where several messages may come, SIPp takes the limit from the first.
  receive(
    "INVITE",
    `optional="true" next="${id}-reoffer" timeout="${hangUpMillis}" ontimeout="${id}-bye"`,
    keep("", "whole,direction", "a=(sendrecv|sendonly|recvonly|inactive)", "msg"),
    '<strcmp assign_to="differs" variable="direction" value="sendrecv"/>',
    '<test assign_to="hold" variable="differs" compare="not_equal" value="0"/>'
  ),
  receive("INFO", `optional="true" next="${id}-info"`),
  receive("OPTIONS", `optional="true" next="${id}-info"`),
  // On a busy machine the answer was sent twice, and each is acknowledged.
  receive("ACK", `optional="true" next="${id}-talk"`),
  // One that crossed the answer at its very moment was passed over, and comes again.
  receive("CANCEL", `optional="true" next="${id}-info"`),
  receive("BYE", 'next="hungUpByCaller"'),
  label(`${id}-info`),
  reply("200 OK", { within: true, next: `${id}-talk` }),
  label(`${id}-reoffer`),
  go(`${id}-hold`, "hold"),
  reply("200 OK", { body: description(echoes, "sendrecv"), repeats: true, within: true }),
  receive("ACK", `next="${id}-talk"`, stream("resume")),
  label(`${id}-hold`),
  reply("200 OK", { body: description(echoes, "recvonly"), repeats: true, within: true }),
  receive("ACK", `next="${id}-talk"`, stream("pause")),
  label(`${id}-bye`),
  `<send retrans="500">${message([
    "BYE [$contact] SIP/2.0",
    "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]",
    "[routes]",
    "From:[$to];tag=t[call_number]",
    "To:[$from]",
    "[last_Call-ID:]",
    "CSeq: 1 BYE",
    "Max-Forwards: 70"
  ])}</send>`,
  receive("BYE", `optional="true" next="hungUpByCaller"`),
  `<recv response="200"/>`,
  nop(log("hung up by far end")),
  go("end")
]

const endings: ReadonlyArray<string> = [
  label("hungUpByCaller"),
  reply("200 OK", { within: true }),
  nop(log("hung up by caller")),
  go("end"),
  label("cancelled"),
  reply("200 OK", {}),
  reply("487 Request Terminated", { repeats: true, toInvite: true }),
  receive("ACK", ""),
  nop(log("cancelled")),
  label("end"),
  "<nop/>"
]

/** The SIPp scenario of a plan: one for all calls, which branches by the number called. */
export const trunkScenario = (plan: TrunkPlan): string => {
  const steps = [
    invite(plan),
    ...challenge(plan),
    ...verified(plan),
    nop(log("called by [$caller]")),
    ...plan.rules.map((_, i) => go(`b${i}`, `rule${i}`)),
    ...branch(plan.otherwise, "other", plan),
    ...plan.rules.flatMap(({ behaviour }, i) => branch(behaviour, `b${i}`, plan)),
    ...endings
  ]
  const text = steps.join("\n")
  const assigned = [...text.matchAll(/assign_to="([\w,]+)"/g)].flatMap(([, variables]) => variables.split(","))
  const reference = `<Reference variables="${[...new Set(assigned)].join(",")}"/>`
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="trunk">\n${text}\n${reference}\n</scenario>\n`
}
