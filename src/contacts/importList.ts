import { Effect, Stream } from "effect"
import { ListImport } from "./ListImport.ts"
import type { ListOptions } from "./ListOptions.ts"
import type { ListUnreadable } from "./ListUnreadable.ts"
import { type ImportItem, RowReader } from "./RowReader.ts"

/** Bytes of a list that are worked on before others get a turn: about 250 rows, a few milliseconds. */
const turnBytes = 16_384

/**
 * Reads a list in bounded memory, row by row: contacts, problems with their line, and progress every 10,000 rows and at
 * the end. Wrong rows never stop the rest. It can be interrupted after every few hundred rows; what was given out by
 * then, or before it fails, is good. It reads no faster than its items are taken.
 */
export const importList = <E, R>(
  source: Stream.Stream<Uint8Array, E, R>,
  options: ListOptions
): Stream.Stream<ImportItem, ListUnreadable | E, R> =>
  importRows(source, () => new ListImport(options, new RowReader(options)))

/** The same for any sink of rows; `start` is called once for each run of the stream. */
export const importRows = <E, R>(
  source: Stream.Stream<Uint8Array, E, R>,
  start: () => ListImport
): Stream.Stream<ImportItem, ListUnreadable | E, R> =>
  Stream.suspend(() => {
    const list = start()
    const step = (read: () => ReturnType<ListImport["end"]>) =>
      Effect.andThen(
        Effect.yieldNow,
        Effect.suspend(() => Effect.fromResult(read()))
      )
    return source.pipe(
      Stream.map(turns),
      Stream.flattenIterable,
      Stream.mapEffect((bytes) => step(() => list.write(bytes))),
      Stream.concat(Stream.fromEffect(step(() => list.end()))),
      Stream.flattenIterable
    )
  })

const turns = (bytes: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(bytes.length / turnBytes) }, (_, i) =>
    bytes.subarray(i * turnBytes, (i + 1) * turnBytes)
  )
