import { assert, describe, it } from "@effect/vitest"
import {
  authorization,
  chooseChallenge,
  digestParameters,
  digestResponse,
  sameText
} from "../../../src/sip/digest/digest.ts"

const mufasa = { user: "Mufasa", password: "Circle of Life" }
const get = { method: "GET", uri: "/dir/index.html", body: "" }
const nonce7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
const first = { ...get, cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", count: 1 }
const of = (algorithm: string, qop: "auth" | "auth-int" | undefined, realm = "http-auth@example.org") => ({
  realm,
  nonce: nonce7616,
  algorithm,
  qop
})

describe("digest responses", () => {
  it.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"]
  ])("RFC 7616 §3.9.1, %s", (algorithm, expected) => {
    assert.strictEqual(digestResponse(of(algorithm, "auth"), mufasa, first), expected)
  })
  it("RFC 2617 §3.5", () => {
    const challenge = {
      realm: "testrealm@host.com",
      nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
      algorithm: "MD5",
      qop: "auth" as const
    }
    const credentials = { user: "Mufasa", password: "Circle Of Life" }
    assert.strictEqual(
      digestResponse(challenge, credentials, { ...get, cnonce: "0a4f113b", count: 1 }),
      "6629fae49393a05397450978507c4ef1"
    )
    // The same values without qop, computed with Python's hashlib from RFC 2069's formula.
    assert.strictEqual(
      digestResponse({ ...challenge, qop: undefined }, credentials, { ...get, cnonce: "", count: 1 }),
      "670fd8c2df070c60b045671b8b24ff02"
    )
  })
  // Computed with Python's hashlib from the formulas of RFC 7616 §3.4.2 and §3.4.3.
  it.each([
    ["MD5-sess", "auth", "e783283f46242139c486a698fec7211d"],
    ["SHA-256-sess", "auth", "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7"],
    ["SHA-512-256", "auth", "430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0"],
    ["MD5", "auth-int", "d1b8e2ac3f6782372de4bf3d8735b406"],
    ["SHA-256", "auth-int", "385d2de062660ced11876f42d9497c69cacf5caaf3d951dd424aee9f7157d563"],
    ["SHA-256", undefined, "a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363"]
  ] as const)("%s with %s", (algorithm, qop, expected) => {
    assert.strictEqual(digestResponse(of(algorithm, qop), mufasa, { ...first, body: "v=0\r\n" }), expected)
  })
})

describe("challenges", () => {
  const md5 = 'Digest realm="a", nonce="n1", qop="auth,auth-int", algorithm=MD5'
  const sha = 'Digest realm="a", nonce="n2", opaque="o\\"x", qop="auth", algorithm=SHA-256, stale=TRUE'
  it("the first we can answer is chosen", () => {
    assert.strictEqual(chooseChallenge([sha, md5])?.algorithm, "SHA-256")
    assert.strictEqual(chooseChallenge([md5, sha])?.algorithm, "MD5")
    assert.strictEqual(chooseChallenge(['Digest realm="a", nonce="n", algorithm=SHA3-512', md5])?.nonce, "n1")
    assert.strictEqual(chooseChallenge(["Bearer x", md5])?.nonce, "n1")
  })
  it("are read with their escapes kept and their words in any case", () => {
    assert.deepStrictEqual(chooseChallenge([sha]), {
      realm: "a",
      nonce: "n2",
      opaque: 'o\\"x',
      algorithm: "SHA-256",
      qop: "auth",
      stale: true
    })
    assert.deepStrictEqual(chooseChallenge(['digest REALM="a", nonce=n, qop=auth-int']), {
      realm: "a",
      nonce: "n",
      opaque: undefined,
      algorithm: "MD5",
      qop: "auth-int",
      stale: false
    })
  })
  it("that we cannot answer are none", () => {
    for (const bad of ["", "Digest", 'Digest realm="a"', 'Digest nonce="a"', 'Digest realm="a", nonce="n", qop="x"']) {
      assert.isUndefined(chooseChallenge([bad]))
    }
  })
  it("are answered with all a server needs", () => {
    const challenge = chooseChallenge([sha])
    if (challenge === undefined) throw new Error("no challenge")
    const header = authorization(challenge, mufasa, { ...first, count: 255 })
    const parameters = digestParameters(header)
    assert.deepStrictEqual(
      ["username", "uri", "algorithm", "opaque", "qop", "nc", "cnonce"].map((name) => parameters?.get(name)),
      ["Mufasa", "/dir/index.html", "SHA-256", 'o\\"x', "auth", "000000ff", first.cnonce]
    )
    assert.strictEqual(parameters?.get("response")?.length, 64)
    assert.notInclude(authorization({ ...challenge, qop: undefined }, mufasa, first), "cnonce")
  })
})

it("texts are the same or not", () => {
  assert.deepStrictEqual([sameText("abc", "abc"), sameText("abc", "abd"), sameText("", "a")], [true, false, false])
})
