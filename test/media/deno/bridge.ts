import { Effect } from "effect"
import { argv } from "node:process"
import { readRtp } from "../engine/rig.ts"
import { bridgeOverUdp } from "../overUdp.ts"

/** Twenty packets through the media thread; prints what came and what was counted. Arguments: a new file, a port. */
const program = Effect.gen(function* () {
  const { heard, recording, statistics } = yield* bridgeOverUdp(argv[2], Number(argv[3]))
  const payloads = heard.map((bytes) => readRtp(bytes).payload[0])
  const { dropped, lost, packets } = statistics.received
  console.log(JSON.stringify({ payloads, dropped, lost, packets, late: recording.late }))
}).pipe(Effect.timeout("60 seconds"))

await Effect.runPromise(program)
