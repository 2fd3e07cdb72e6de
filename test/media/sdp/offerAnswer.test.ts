import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { parse } from "sdp-transform"
import { acceptAnswer, answerOffer, type LocalMedia, writeOffer } from "../../../src/media/sdp/offerAnswer.ts"
import { numbers } from "../soundSources.ts"

const local: LocalMedia = {
  address: "192.0.2.1",
  port: 40_000,
  sessionId: 77,
  version: 3,
  laws: ["alaw", "mulaw"],
  direction: "sendrecv"
}
const sdp = (...lines: ReadonlyArray<string>) =>
  ["v=0", "o=alice 1 1 IN IP4 198.51.100.1", "s=-", "c=IN IP4 198.51.100.1", "t=0 0", ...lines, ""].join("\r\n")
const audio = (...lines: ReadonlyArray<string>) =>
  sdp("m=audio 5000 RTP/AVP 0 8 101", "a=rtpmap:101 telephone-event/8000", ...lines)
const answered = (offer: string, ours: Partial<LocalMedia> = {}) =>
  Result.getOrThrow(answerOffer(offer, { ...local, ...ours }))
const refused = (offer: string, ours: Partial<LocalMedia> = {}) => {
  const result = answerOffer(offer, { ...local, ...ours })
  return Result.isFailure(result) ? result.failure.message : "taken"
}
const mediaLines = (text: string) => text.split("\r\n").filter((line) => line.startsWith("m="))

describe("offers", () => {
  it("are written in full, line by line", () => {
    assert.deepStrictEqual(writeOffer(local).split("\r\n"), [
      "v=0",
      "o=- 77 3 IN IP4 192.0.2.1",
      "s=-",
      "c=IN IP4 192.0.2.1",
      "t=0 0",
      "m=audio 40000 RTP/AVP 8 0 101",
      "a=rtpmap:8 PCMA/8000",
      "a=rtpmap:0 PCMU/8000",
      "a=rtpmap:101 telephone-event/8000",
      "a=fmtp:101 0-15",
      "a=ptime:20",
      "a=sendrecv",
      ""
    ])
  })
  it("put the far end on hold", () => {
    assert.include(writeOffer({ ...local, direction: "sendonly" }), "a=sendonly\r\n")
  })
})

describe("answering an offer: RFC 3264 §6", () => {
  it("takes the first law of the offer that we take, and its number of telephone-event", () => {
    const { answer, remote } = answered(audio())
    assert.deepStrictEqual(remote, {
      endpoint: { address: "198.51.100.1", port: 5_000 },
      control: { address: "198.51.100.1", port: 5_001 },
      law: "mulaw",
      payloadType: 0,
      keysOut: 101,
      keysIn: 101,
      packetMillis: 20,
      sends: true,
      receives: true
    })
    assert.deepStrictEqual(mediaLines(answer), ["m=audio 40000 RTP/AVP 0 101"])
    assert.include(answer, "a=fmtp:101 0-15")
    assert.strictEqual(answered(audio(), { laws: ["alaw"] }).remote.law, "alaw")
  })
  it("keeps the offer's numbers, also unusual ones", () => {
    const offer = sdp("m=audio 5000 RTP/AVP 96 97", "a=rtpmap:96 pcma/8000/1", "a=rtpmap:97 Telephone-Event/8000")
    const { answer, remote } = answered(offer)
    assert.deepStrictEqual([remote.law, remote.payloadType, remote.keysIn, remote.keysOut], ["alaw", 96, 97, 97])
    assert.deepStrictEqual(mediaLines(answer), ["m=audio 40000 RTP/AVP 96 97"])
    assert.include(answer, "a=rtpmap:96 PCMA/8000")
  })
  it("does without telephone-event where there is none, or only for another clock", () => {
    const offer = sdp("m=audio 5000 RTP/AVP 8 110", "a=rtpmap:110 telephone-event/48000")
    const { answer, remote } = answered(offer)
    assert.deepStrictEqual([remote.keysIn, remote.keysOut], [null, null])
    assert.deepStrictEqual(mediaLines(answer), ["m=audio 40000 RTP/AVP 8"])
  })
  it("answers every m-line, refusing all but one", () => {
    const offer = sdp(
      "m=video 6000 RTP/AVP 31 34",
      "m=audio 5000 RTP/SAVP 0",
      "m=audio 5002 RTP/AVP 9 8",
      "m=audio 5004 RTP/AVP 0",
      "m=application 7000 UDP/DTLS/SCTP webrtc-datachannel"
    )
    const { answer, remote } = answered(offer)
    assert.strictEqual(remote.endpoint.port, 5_002)
    assert.deepStrictEqual(mediaLines(answer), [
      "m=video 0 RTP/AVP 31 34",
      "m=audio 0 RTP/SAVP 0",
      "m=audio 40000 RTP/AVP 8",
      "m=audio 0 RTP/AVP 0",
      "m=application 0 UDP/DTLS/SCTP webrtc-datachannel"
    ])
  })
  it("takes packet times from 10 to 60 ms", () => {
    const millis = (...lines: ReadonlyArray<string>) => answered(audio(...lines)).remote.packetMillis
    assert.deepStrictEqual(
      ["10", "20", "30", "60", "90", "5", "25"].map((wanted) => millis(`a=ptime:${wanted}`)),
      [10, 20, 30, 60, 60, 10, 20]
    )
    assert.deepStrictEqual(
      [millis("a=maxptime:10"), millis("a=ptime:60", "a=maxptime:40"), millis("a=ptime:x")],
      [10, 40, 20]
    )
    assert.include(answered(audio("a=ptime:30")).answer, "a=ptime:30")
  })
  it.each([
    ["sendrecv", "sendrecv", "sendrecv"],
    ["sendonly", "sendrecv", "recvonly"],
    ["recvonly", "sendrecv", "sendonly"],
    ["inactive", "sendrecv", "inactive"],
    ["sendrecv", "sendonly", "sendonly"],
    ["sendonly", "sendonly", "inactive"],
    ["recvonly", "recvonly", "inactive"],
    ["sendrecv", "inactive", "inactive"]
  ] as const)("offered %s, where we want %s, it is %s", (offered, ours, expected) => {
    const { answer, remote } = answered(audio(`a=${offered}`), { direction: ours })
    assert.include(answer, `a=${expected}\r\n`)
    assert.strictEqual(remote.sends, expected === "sendrecv" || expected === "sendonly")
    assert.strictEqual(remote.receives, expected === "sendrecv" || expected === "recvonly")
  })
  it("takes direction and address of the session where the m-line has none", () => {
    const text = audio().replace("t=0 0", "t=0 0\r\na=sendonly")
    assert.isFalse(answered(text).remote.sends)
    const own = sdp("m=audio 5000 RTP/AVP 0", "c=IN IP4 198.51.100.9")
    assert.strictEqual(answered(own).remote.endpoint.address, "198.51.100.9")
  })
  it("knows the hold of old: an address of zeros", () => {
    const { remote } = answered(sdp("m=audio 5000 RTP/AVP 0", "c=IN IP4 0.0.0.0"))
    assert.deepStrictEqual([remote.sends, remote.receives], [false, false])
  })
  it("takes another port, or another address, for RTCP: RFC 3605", () => {
    assert.deepStrictEqual(answered(audio("a=rtcp:5321")).remote.control, { address: "198.51.100.1", port: 5_321 })
    assert.deepStrictEqual(answered(audio("a=rtcp:5321 IN IP4 198.51.100.3")).remote.control, {
      address: "198.51.100.3",
      port: 5_321
    })
  })
  it("says why no call can come of an offer", () => {
    assert.strictEqual(refused(""), "this is not SDP: it has no line v=0")
    assert.strictEqual(refused(sdp()), "the SDP has no m-line")
    assert.strictEqual(refused(sdp("m=audio")), "m-line 1 of the SDP cannot be read")
    assert.strictEqual(refused(sdp("m=audio 99999 RTP/AVP 0")), "m-line 1 of the SDP cannot be read")
    assert.strictEqual(refused(sdp("m=video 5000 RTP/AVP 31")), "the SDP has no audio stream that is on")
    assert.strictEqual(refused(sdp("m=audio 0 RTP/AVP 0")), "the SDP has no audio stream that is on")
    assert.strictEqual(
      refused(sdp("m=audio 5000 RTP/SAVP 0")),
      "the audio stream of the SDP is RTP/SAVP; RTP/AVP is needed"
    )
    assert.strictEqual(
      refused(sdp("m=audio 5000 RTP/AVP 9 18")),
      "the audio stream of the SDP has neither PCMU nor PCMA that we take"
    )
    assert.strictEqual(
      refused(sdp("m=audio 5000 RTP/AVP 0", "c=IN IP6 2001:db8::1")),
      "the audio stream of the SDP has no IPv4 address"
    )
    assert.strictEqual(
      refused(sdp(...new Array<string>(17).fill("m=audio 5000 RTP/AVP 0"))),
      "the SDP has more than 16 m-lines"
    )
    assert.strictEqual(refused(`${audio()}${"a=x\r\n".repeat(4_000)}`), "the SDP is longer than 16384 characters")
  })
  it("never throws, whatever is changed in an offer, and its answers can be read", () => {
    const offer = audio("a=ptime:20", "a=rtcp:5321", "a=sendrecv", "m=video 6000 RTP/AVP 31", "a=rtpmap:31 H261/90000")
    let taken = 0
    for (let seed = 0; seed < 3_000; seed += 1) {
      const next = numbers(seed)
      let text = offer
      for (let i = 0; i < 1 + next() * 4; i += 1) {
        const at = Math.floor(next() * text.length)
        const piece = String.fromCharCode(Math.floor(next() * 128))
        text = text.slice(0, at) + (next() < 0.7 ? piece : "") + text.slice(at + Math.floor(next() * 3))
      }
      const result = answerOffer(text, local)
      if (Result.isFailure(result)) continue
      taken += 1
      const { answer, remote } = result.success
      assert.strictEqual(mediaLines(answer).length, parse(text).media.length)
      assert.isTrue(remote.endpoint.port > 0 && remote.endpoint.port < 65_536)
      assert.isTrue(Result.isSuccess(acceptAnswer(writeOffer(local), local)))
    }
    assert.isAbove(taken, 500)
  })
})

describe("taking an answer to our offer", () => {
  it("agrees with itself: the far end's answer gives both sides the same", () => {
    const far: LocalMedia = { ...local, address: "198.51.100.2", port: 6_000, laws: ["mulaw"] }
    const { answer, remote } = answered(writeOffer(local), far)
    const ours = Result.getOrThrow(acceptAnswer(answer, local))
    assert.deepStrictEqual([ours.law, remote.law], ["mulaw", "mulaw"])
    assert.deepStrictEqual([ours.endpoint.port, remote.endpoint.port], [6_000, 40_000])
    assert.deepStrictEqual([ours.keysIn, ours.keysOut, remote.keysIn], [101, 101, 101])
  })
  it("sends keys under the answer's number and takes them under ours", () => {
    const answer = sdp("m=audio 5000 RTP/AVP 8 96", "a=rtpmap:96 telephone-event/8000")
    const remote = Result.getOrThrow(acceptAnswer(answer, local))
    assert.deepStrictEqual([remote.keysOut, remote.keysIn], [96, 101])
  })
  it("fails when our stream is refused", () => {
    const result = acceptAnswer(sdp("m=audio 0 RTP/AVP 0"), local)
    assert.strictEqual(
      Result.isFailure(result) ? result.failure.sentence : "",
      "the SDP has no audio stream that is on"
    )
  })
})
