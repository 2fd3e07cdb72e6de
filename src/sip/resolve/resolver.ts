import { Cache, Effect, Exit } from "effect"
import { Dns, NetAddress } from "effect/net"
import type { Address } from "../wire/Address.ts"
import type { Hop } from "../wire/headers.ts"
import { srvOrder } from "./srvOrder.ts"

/** Names remembered, and for how long: a name's own time is not told by the system's resolver. */
const namesMax = 256
const rememberedFor = "60 seconds"
const lookUpFor = "5 seconds"
/** Servers of one name that are looked up at most. */
const serversMax = 8

interface Server {
  readonly priority: number
  readonly weight: number
  readonly addresses: ReadonlyArray<Address>
}

/**
 * Finds where a hop that is a name leads (RFC 3263 §4.2, without NAPTR): with a port, to the addresses of the name; else
 * to the servers of its SRV record `_sip._udp`, and without one to its addresses and port 5060. Best first; empty when
 * it leads nowhere. `key` keeps together what must go the same way: the Call-ID.
 */
export const makeResolver = Effect.gen(function* () {
  const dns = yield* Dns.Dns
  const addressesOf = (host: string, port: number): Effect.Effect<ReadonlyArray<Address>> =>
    dns.lookup(host, { family: "IPv4" }).pipe(
      Effect.map((found) => found.map((address) => ({ host: NetAddress.formatIp(address), port }))),
      Effect.timeout(lookUpFor),
      Effect.orElseSucceed(() => [])
    )
  const serversOf = (host: string): Effect.Effect<ReadonlyArray<Server>> =>
    dns.resolve(`_sip._udp.${host}`, "SRV").pipe(
      Effect.timeout(lookUpFor),
      Effect.orElseSucceed(() => undefined),
      Effect.flatMap((records) => {
        if (records === undefined) return Effect.map(addressesOf(host, 5060), plain)
        const known = records.slice().sort((one, other) => one.priority - other.priority)
        return Effect.forEach(
          known.slice(0, serversMax),
          ({ port, priority, target, weight }) =>
            Effect.map(addressesOf(target, port), (addresses) => ({ priority, weight, addresses })),
          { concurrency: "unbounded" }
        )
      })
    )
  const cache = yield* Cache.makeWith(
    (name: string) => {
      const [host, port] = name.split(":")
      const found = port === undefined ? serversOf(host) : Effect.map(addressesOf(host, Number(port)), plain)
      return Effect.flatMap(found, (servers) =>
        servers.some(({ addresses }) => addresses.length > 0) ? Effect.succeed(servers) : Effect.fail("nowhere")
      )
    },
    { capacity: namesMax, timeToLive: (exit) => (Exit.isSuccess(exit) ? rememberedFor : 0) }
  )
  return ({ host, port }: Hop, key: string): Effect.Effect<ReadonlyArray<Address>> =>
    Cache.get(cache, port === undefined ? host : `${host}:${port}`).pipe(
      Effect.map((servers) => srvOrder(servers, key).flatMap(({ addresses }) => addresses)),
      Effect.orElseSucceed(() => [])
    )
})

const plain = (addresses: ReadonlyArray<Address>): ReadonlyArray<Server> => [{ priority: 0, weight: 0, addresses }]
