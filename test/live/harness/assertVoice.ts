import { assert } from "@effect/vitest"
import { between, dominantHertz, gapsOf, heardMillis, onsetMillis, rmsAt, type Track } from "./hearing.ts"
import { voiceRms } from "./voice.ts"

/**
 * A voice is heard for so long, as loud as spoken. Without a gap where programs get the processor when they want it; on a busy
 * machine a tenth may be missing. That no packet is lost is counted elsewhere.
 */
export const assertVoice = (track: Track, hertz: number, millis: number) => {
  const gapMillis = gapsOf(track, hertz).reduce((sum, gap) => sum + gap.millis, 0)
  assert.isAtMost(gapMillis, millis / 10)
  assert.isAtLeast(heardMillis(track, hertz), 0.9 * millis)
  const onset = onsetMillis(track, hertz)
  const heard = between(track, onset + 100, onset + millis - 100)
  assert.approximately(dominantHertz(heard), hertz, 10)
  if (gapMillis > 0) {
    console.log(`busy machine: ${hertz} Hz is missing for ${gapMillis} ms`)
    return
  }
  assert.approximately(dominantHertz(heard), hertz, 0.5)
  assert.approximately(rmsAt(heard, hertz), voiceRms, 0.002)
}
