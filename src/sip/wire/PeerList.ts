import { ipv4Bits, isIpv4 } from "./Address.ts"

interface Network {
  readonly first: number
  readonly size: number
}

const networkOf = (text: string): Network => {
  const [host, length = "32", ...more] = text.trim().split("/")
  const prefix = /^\d{1,2}$/.test(length) ? Number(length) : Number.NaN
  if (!isIpv4(host) || !(prefix <= 32) || more.length > 0) {
    throw new RangeError(`peer "${text}": expected an IPv4 address or network, such as 192.0.2.7 or 10.0.0.0/8`)
  }
  const size = 2 ** (32 - prefix)
  return { first: Math.floor(ipv4Bits(host) / size) * size, size }
}

/**
 * Who may speak SIP to us: the trunk's addresses and the subnets of agents' phones. Datagrams from anybody else are
 * dropped unread. An entry is an IPv4 address or a network in CIDR form (RFC 4632); a wrong one throws a RangeError.
 */
export class PeerList {
  readonly #networks: ReadonlyArray<Network>

  constructor(peers: ReadonlyArray<string>) {
    this.#networks = peers.map(networkOf)
  }

  has(host: string): boolean {
    if (!isIpv4(host)) return false
    const bits = ipv4Bits(host)
    return this.#networks.some(({ first, size }) => bits >= first && bits < first + size)
  }
}
