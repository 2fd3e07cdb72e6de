/** Neighbouring numbers must not stand side by side in a table: both halves are multiplied through (Murmur's finaliser). */
export const digitsHash = (digits: number): number => {
  let hash = Math.imul(((digits % 4_294_967_296) >>> 0) ^ Math.imul(digits / 4_294_967_296, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
