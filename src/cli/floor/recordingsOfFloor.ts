import type { Path } from "effect"
import type { FloorConfig } from "../../config/floor/FloorConfig.ts"
import type { RecordingsFolder } from "../../runtime/store/recordingFiles.ts"

/** Where a floor keeps its recordings, by the path its store has of them. */
export const recordingsOfFloor = ({ recordings, zone }: FloorConfig, paths: Path.Path): RecordingsFolder => ({
  folder: paths.resolve(recordings.folder),
  zone
})
