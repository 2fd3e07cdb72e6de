const directions = /^a=(sendrecv|sendonly|recvonly|inactive)$/m
/** The answer to each direction offered (RFC 3264 §6.1). */
const answers: Readonly<Record<string, string>> = {
  sendrecv: "sendrecv",
  sendonly: "recvonly",
  recvonly: "sendonly",
  inactive: "inactive"
}

const nextVersion = (sdp: string): string =>
  sdp.replace(/^(o=\S+ \S+ )(\d+)/m, (_, start: string, version: string) => `${start}${BigInt(version) + 1n}`)

const withDirection = (sdp: string, direction: string): string => {
  const without = sdp.replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)\r?\n/gm, "")
  return `${without.replace(/(?:\r?\n)?$/, "\r\n")}a=${direction}\r\n`
}

/**
 * Our description anew, in answer to an offer within a call: the media stay, the direction mirrors the offer's. An
 * address of 0.0.0.0 is the old way to hold (RFC 3264 §8.4). For descriptions with one medium, as ours have.
 */
export const reanswer = (ours: string, offer: string): string => {
  const offered = directions.exec(offer.replaceAll("\r", ""))?.[1] ?? "sendrecv"
  const held = /^c=IN IP4 0\.0\.0\.0\s*$/m.test(offer) && offered === "sendrecv" ? "sendonly" : offered
  return withDirection(nextVersion(ours), answers[held])
}
