/** A UDP endpoint: an IPv4 address in dotted form, or a name still to be looked up, and a port of 1 to 65535. */
export interface Address {
  readonly host: string
  readonly port: number
}

export const addressText = ({ host, port }: Address): string => `${host}:${port}`

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)
export const isIpv4 = (text: string): boolean => ipv4.test(text)

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535

/** The 32 bits of an IPv4 address, as an unsigned number. */
export const ipv4Bits = (host: string): number => host.split(".").reduce((bits, part) => bits * 256 + Number(part), 0)
