/** A SIPp scenario, written as a list of steps. What SIPp receives must come in this order, or it exits with an error. */
export type Step = string

const cdata = (lines: ReadonlyArray<string>, body: string): string =>
  body === ""
    ? `<![CDATA[\n${lines.join("\n")}\nContent-Length: 0\n\n]]>`
    : `<![CDATA[\n${lines.join("\n")}\nContent-Type: application/sdp\nContent-Length: [len]\n\n${body}]]>`

export const description = [
  "v=0",
  "o=- 1 1 IN IP4 [local_ip]",
  "s=-",
  "c=IN IP4 [media_ip]",
  "t=0 0",
  "m=audio 6000 RTP/AVP 0",
  "a=sendrecv",
  ""
].join("\n")

/** Keeps what later requests of SIPp need: 1 From, 2 To, 3 the Contact's URI, 4 CSeq, 9 Via. */
const keep = [
  '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="1"/>',
  '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="2"/>',
  '<ereg regexp="sip:[^>]*" search_in="hdr" header="Contact:" assign_to="3"/>',
  '<ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="4"/>',
  '<ereg regexp=".*" search_in="hdr" header="Via:" assign_to="9"/>'
].join("")

export const receive = (method: string, action = "", attributes = ""): Step =>
  `<recv request="${method}" ${attributes}>${action === "" ? "" : `<action>${action}</action>`}</recv>`
/** The first INVITE. */
export const receiveInvite = (action = ""): Step => receive("INVITE", keep + action)
export const receiveResponse = (status: number, attributes = "", action = ""): Step =>
  `<recv response="${status}" ${attributes}>${action === "" ? "" : `<action>${action}</action>`}</recv>`
export const pause = (millis: number): Step => `<pause milliseconds="${millis}"/>`

/** Fails the scenario unless a header of the message just received matches. */
export const expects = (header: string, pattern: string, variable: number): string =>
  `<ereg regexp="${pattern}" search_in="hdr" header="${header}:" check_it="true" assign_to="${variable}"/>`

interface Answer {
  readonly tag?: string
  readonly body?: string
  readonly headers?: ReadonlyArray<string>
  /** Answers the INVITE though the last request was another. */
  readonly toInvite?: boolean
  readonly retrans?: boolean
}

/** A response to the last request, or to the INVITE. */
export const respond = (
  status: string,
  { body = "", headers = [], retrans = false, tag = "far", toInvite = false }: Answer = {}
): Step => {
  const lines = [
    `SIP/2.0 ${status}`,
    ...(toInvite ? ["Via:[$9]", "From:[$1]", `To:[$2];tag=${tag}`, "CSeq:[$4]"] : ["[last_Via:]", "[last_From:]"]),
    ...(toInvite ? [] : [tag === "" ? "[last_To:]" : `[last_To:];tag=${tag}`, "[last_CSeq:]"]),
    "[last_Call-ID:]",
    "Contact: <sip:far@[local_ip]:[local_port]>",
    ...headers
  ]
  return `<send${retrans ? ' retrans="500"' : ""}>${cdata(lines, body)}</send>`
}
/** A response within the dialog: To has its tag already. */
export const respondWithin = (status: string, answer: Omit<Answer, "tag"> = {}): Step =>
  respond(status, { ...answer, tag: "" })

/** A request of SIPp's within a dialog that began with our INVITE. */
export const request = (method: string, cseq: number, headers: ReadonlyArray<string> = [], body = ""): Step => {
  const lines = [
    `${method} [$3] SIP/2.0`,
    "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]",
    "From:[$2];tag=far",
    "To:[$1]",
    "[last_Call-ID:]",
    `CSeq: ${cseq} ${method}`,
    "Contact: <sip:far@[local_ip]:[local_port]>",
    "Max-Forwards: 70",
    ...headers
  ]
  return `<send${method === "ACK" ? "" : ' retrans="500"'}>${cdata(lines, body)}</send>`
}
/** The same with a body that is no description; `headers` hold its type. */
export const requestWithBody = (method: string, cseq: number, headers: ReadonlyArray<string>, body: string): Step =>
  request(method, cseq, [...headers, "Content-Length: [len]"]).replace("\nContent-Length: 0\n\n]]>", `\n\n${body}]]>`)

/** A request of SIPp's in a call that it began: the INVITE, and after `tag` what follows it. */
export const call = (
  method: string,
  cseq: number,
  headers: ReadonlyArray<string> = [],
  body = "",
  branch = "[branch]"
): Step => {
  const within = method !== "INVITE" && method !== "CANCEL"
  const lines = [
    `${method} sip:agent@[remote_ip]:[remote_port] SIP/2.0`,
    `Via: SIP/2.0/UDP [local_ip]:[local_port];branch=${branch}`,
    "From: <sip:+4930123@[local_ip]:[local_port]>;tag=caller[call_number]",
    `To: <sip:agent@[remote_ip]:[remote_port]>${within ? "[peer_tag_param]" : ""}`,
    "Call-ID: [call_id]",
    `CSeq: ${cseq} ${method}`,
    "Contact: <sip:+4930123@[local_ip]:[local_port]>",
    "Max-Forwards: 70",
    ...headers
  ]
  return `<send${method === "ACK" ? "" : ' retrans="500"'}>${cdata(lines, body)}</send>`
}

/** `[$n]` of every step must be declared as used, or SIPp refuses the scenario. */
export const scenario = (name: string, steps: ReadonlyArray<Step>): string => {
  const text = steps.join("\n")
  const assigned = [...text.matchAll(/assign_to="(\w+)"/g)].map(([, variable]) => variable)
  const references = assigned.length === 0 ? "" : `<Reference variables="${[...new Set(assigned)].join(",")}"/>`
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="${name}">\n${text}\n${references}\n</scenario>\n`
}
