/**
 * Memory that was given back, for whoever next needs as much. Where many shifts run one after the other this spares a tenth
 * of the time, most of which would go into finding out which memory nobody uses any more.
 */
const spares: Array<ArrayBuffer> = []
const sparesMax = 8

/** Only memory that nothing looks at any more may be given back. */
export const giveBack = (memory: ArrayBuffer): void => {
  spares.push(memory)
  if (spares.length > sparesMax) spares.shift()
}

/** So many bytes, all 0. */
export const zeroedBytes = (bytes: number): ArrayBuffer => {
  const fitting = spares.findIndex(({ byteLength }) => byteLength === bytes)
  if (fitting < 0) return new ArrayBuffer(bytes)
  const [memory] = spares.splice(fitting, 1)
  new Uint8Array(memory).fill(0)
  return memory
}
