import { Effect, Stream } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import { Media } from "../../media/Media.ts"
import { capacityOf } from "../../sip/trunks/capacityOf.ts"
import { Trunks } from "../../sip/trunks/Trunks.ts"
import { Inbox } from "../floor/Inbox.ts"

/**
 * Tells the core what the trunks can carry, now and whenever one fails or comes back: nobody is called over none, nor while there
 * is no sound to be had.
 */
export const followTrunks = Effect.fnUntraced(function* ({ trunks: settings }: Pick<FloorConfig, "trunks">) {
  const trunks = yield* Trunks
  const media = yield* Media
  const inbox = yield* Inbox
  const tell = Effect.gen(function* () {
    const status = yield* trunks.status
    const sound = yield* media.state
    const up = settings.filter(({ name }) => status.some((each) => each.name === name && each.state === "up"))
    yield* inbox.tell({ kind: "trunkChanged", ...capacityOf(sound.kind === "up" ? up : []) })
  })
  yield* tell
  yield* trunks.changes.pipe(
    Stream.runForEach((change) =>
      Effect.andThen(
        Effect.logInfo(`trunk ${change.trunk}: ${change.to}${change.reason && `, ${change.reason}`}`),
        tell
      )
    ),
    Effect.forkScoped
  )
  yield* Effect.forkScoped(Stream.runForEach(media.changes, () => tell))
})
