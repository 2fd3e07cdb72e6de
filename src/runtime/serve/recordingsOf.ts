import { resolve } from "node:path"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import type { RecordingsFolder } from "../store/recordingFiles.ts"

/** Where a floor keeps its recordings, by a path that means the same wherever its store is opened. */
export const recordingsOf = ({ recordings, zone }: FloorConfig): RecordingsFolder => ({
  folder: resolve(recordings.folder),
  zone
})
