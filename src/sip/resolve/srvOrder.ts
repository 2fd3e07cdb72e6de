import { createHash } from "node:crypto"

/** What the order of servers depends on (RFC 2782): lower priorities first, weights 0 to 65,535 as shares. */
export interface Server {
  readonly priority: number
  readonly weight: number
}

/** A number from 0 to below 1, the same for the same text. */
const shareOf = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32

/**
 * Servers in the order to try them (RFC 2782). Among those of one priority the choice falls by weight and depends on
 * `key`: all requests of one call go the same way, and many calls are spread as the weights say.
 */
export const srvOrder = <S extends Server>(servers: ReadonlyArray<S>, key: string): ReadonlyArray<S> => {
  const ordered: Array<S> = []
  const priorities = [...new Set(servers.map(({ priority }) => priority))].sort((one, other) => one - other)
  for (const priority of priorities) {
    // Weight 0 first, so that it is chosen only by the lowest of all draws.
    const left = servers
      .filter((server) => server.priority === priority)
      .sort((one, other) => one.weight - other.weight)
    while (left.length > 0) {
      const total = left.reduce((sum, { weight }) => sum + weight, 0)
      const drawn = shareOf(`${key} ${ordered.length}`) * (total + 1)
      let sum = 0
      const at = left.findIndex(({ weight }) => (sum += weight) >= Math.floor(drawn))
      ordered.push(...left.splice(Math.max(0, at), 1))
    }
  }
  return ordered
}
