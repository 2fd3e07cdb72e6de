import { open } from "node:fs/promises"
import type { ByteSink } from "../audio/WavWriter.ts"

/** A new file for a recording. Rejects when there is one already: no recording is ever written over. */
export const createFile = async (path: string): Promise<ByteSink> => {
  const file = await open(path, "wx")
  return {
    write: async (bytes, at) => {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
        done += bytesWritten
      }
    },
    close: () => file.close()
  }
}
