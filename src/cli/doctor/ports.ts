import { capacityOf } from "../../sip/trunks/capacityOf.ts"
import { Effect, Layer } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { isPortTaken, openUdp } from "../../media/engine/udp.ts"
import { addressText } from "../../sip/wire/Address.ts"
import { UdpSocket } from "../../sip/wire/UdpSocket.ts"
import { type Finding, ok, problem, warning } from "./Finding.ts"

/** Ports tried at once. */
const atOnce = 64

/** Whether SIP can have its port. */
export const sipPort = ({ sip }: FloorConfig): Effect.Effect<Finding> =>
  Effect.scoped(Layer.build(UdpSocket.layer(sip.bind))).pipe(
    Effect.match({
      onSuccess: () => ok("SIP port", `${addressText(sip.bind)} is free`),
      onFailure: (error) =>
        error.problem === "address in use"
          ? warning(
              "SIP port",
              `${addressText(sip.bind)} is taken`,
              "Fine while a floor runs; otherwise stop the program that has it, or change sip.port."
            )
          : problem(
              "SIP port",
              `${addressText(sip.bind)}: ${error.problem}`,
              advice[error.problem] ?? "See whether the network is up."
            )
    })
  )

const advice: Readonly<Record<string, string | undefined>> = {
  "address not of this machine": "Set sip.address to an IPv4 address one of this machine's interfaces has.",
  "not permitted": "Ports below 1024 need special rights: choose one above."
}

/** Whether sound can have its ports, and how many calls they carry. */
export const mediaPorts = Effect.fnUntraced(function* ({ media, trunks }: FloorConfig) {
  const { address, portMax, portMin } = media
  const check = "ports of sound"
  const range = `${address}, ports ${portMin} to ${portMax}`
  const all = Array.from({ length: portMax - portMin + 1 }, (_, at) => portMin + at)
  const states = yield* Effect.forEach(all, (port) => stateOf(address, port), { concurrency: atOnce })
  const wrong = states.find((state) => state !== "free" && state !== "taken")
  if (wrong !== undefined) {
    return problem(
      check,
      `${range}: ${wrong}`,
      "Set media.address to an IPv4 address one of this machine's interfaces has."
    )
  }
  const taken = states.filter((state) => state === "taken").length
  const calls = Math.floor((all.length - taken) / 4)
  const lines = capacityOf(trunks).linesMax
  const carried = `${range}: enough for ${calls} calls with their agents`
  if (calls < lines) {
    return warning(
      check,
      `${carried}; the trunks carry ${lines}`,
      "Give media.ports four ports for every line of the trunks."
    )
  }
  if (taken > 0)
    return warning(
      check,
      `${carried}; ${taken} are taken`,
      "Fine while a floor runs; otherwise choose a range of its own."
    )
  return ok(check, carried)
})

const stateOf = (address: string, port: number): Effect.Effect<string> =>
  Effect.tryPromise({ try: () => openUdp(address, port, () => {}), catch: (error) => error }).pipe(
    Effect.match({
      onSuccess: (socket) => {
        socket.close()
        return "free"
      },
      onFailure: (error) => {
        if (isPortTaken(error)) return "taken"
        return error instanceof Error ? error.message : String(error)
      }
    })
  )
