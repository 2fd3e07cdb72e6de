import { assert, describe, it } from "@effect/vitest"
import { headerValue } from "../../../src/sip/wire/message.ts"
import { uriHop } from "../../../src/sip/wire/headers.ts"
import { reply, Scripted } from "./Scripted.ts"

const target = { to: "sip:trunk.example", from: "sip:outpace@outpace.example" }
const ping = (scripted: Scripted, via: string) => {
  const statuses: Array<string> = []
  const hop = uriHop(`sip:${via}`)
  assert.isDefined(hop)
  scripted.edge.ping(target, hop, (status) => statuses.push(`${scripted.now} ${status}`), scripted.now)
  return statuses
}

describe("a ping", () => {
  it.each([200, 302, 404, 405, 407, 503, 603])("that is answered with %i tells so", (status) => {
    const scripted = new Scripted()
    scripted.answer = (request) => [reply(request, 100), reply(request, status)]
    const statuses = ping(scripted, "127.0.0.9")
    scripted.run(40_000)
    assert.deepStrictEqual(statuses, [`20 ${status}`])
    assert.deepStrictEqual(scripted.requests, ["0 OPTIONS 127.0.0.9:5060"])
    const [options] = scripted.requestsOf("OPTIONS")
    assert.strictEqual(options.uri, target.to)
    assert.strictEqual(headerValue(options, "To"), "<sip:trunk.example>")
    assert.match(headerValue(options, "From") ?? "", /^<sip:outpace@outpace\.example>;tag=\w+$/)
    scripted.run(32_000)
    assert.strictEqual(scripted.edge.status.heldCount, 0)
  })
  it("that nobody answers comes to 408 after timer F, sent 11 times", () => {
    const scripted = new Scripted()
    const statuses = ping(scripted, "127.0.0.9:5070")
    scripted.run(33_000)
    assert.deepStrictEqual(statuses, ["32000 408"])
    assert.strictEqual(scripted.requests.length, 11)
    assert.strictEqual(scripted.edge.status.heldCount, 0)
  })
  it("that only a provisional response came to ends with 408 all the same", () => {
    const scripted = new Scripted()
    scripted.answer = (request) => [reply(request, 100)]
    const statuses = ping(scripted, "127.0.0.9:5070")
    scripted.run(33_000)
    assert.deepStrictEqual(statuses, ["32000 408"])
  })
  it("of a name that leads nowhere comes to 503", () => {
    const scripted = new Scripted()
    const statuses = ping(scripted, "nowhere.invalid")
    scripted.run(1_000)
    assert.deepStrictEqual(statuses, ["20 503"])
    assert.deepStrictEqual(scripted.requests, [])
  })
})
