/** Bytes before the samples of a WAV file with nothing but format and data. */
export const wavHeaderBytes = 44

/** The header of a WAV file of 16-bit PCM with so many bytes of samples after it. */
export const wavHeader = (sampleRate: number, channels: number, dataBytes: number): Uint8Array => {
  const header = new Uint8Array(wavHeaderBytes)
  const view = new DataView(header.buffer)
  const text = (at: number, letters: string) => {
    for (let i = 0; i < letters.length; i += 1) header[at + i] = letters.charCodeAt(i)
  }
  text(0, "RIFF")
  view.setUint32(4, wavHeaderBytes - 8 + dataBytes, true)
  text(8, "WAVEfmt ")
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  text(36, "data")
  view.setUint32(40, dataBytes, true)
  return header
}

/** A whole WAV file of 16-bit PCM in one channel. */
export const wavOf = (sampleRate: number, samples: Int16Array): Uint8Array => {
  const file = new Uint8Array(wavHeaderBytes + 2 * samples.length)
  file.set(wavHeader(sampleRate, 1, 2 * samples.length))
  const view = new DataView(file.buffer)
  samples.forEach((sample, i) => view.setInt16(wavHeaderBytes + 2 * i, sample, true))
  return file
}
