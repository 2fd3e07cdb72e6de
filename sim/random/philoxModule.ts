/** Multipliers of the two lanes. */
const lane0 = 0xd2511f53
const lane1 = 0xcd9e8d57

/** Weyl increments of the key: the golden ratio and √3 − 1, as 32-bit fractions. */
const weyl0 = 0x9e3779b9
const weyl1 = 0xbb67ae85

const roundCount = 10

/** A number of any size in seven bits a byte, the sign in the last one (WebAssembly core specification 5.2.2). */
const signed = (value: number): ReadonlyArray<number> => {
  const low = value & 0x7f
  const rest = Math.floor(value / 128)
  const isLast = rest === ((low & 0x40) === 0 ? 0 : -1)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}

const unsigned = (value: number): ReadonlyArray<number> =>
  value < 128 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]

/** Instructions of a stack machine, by what they leave on the stack (the same, 5.4). */
const get = (local: number): ReadonlyArray<number> => [0x20, local]
const set = (local: number, value: ReadonlyArray<number>): ReadonlyArray<number> => [...value, 0x21, local]
const xor = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): ReadonlyArray<number> => [...a, ...b, 0x73]
const plus = (a: ReadonlyArray<number>, b: number): ReadonlyArray<number> => [...a, 0x41, ...signed(b | 0), 0x6a]
/** A word, unsigned, times a constant: 64 bits. */
const product = (a: ReadonlyArray<number>, b: number): ReadonlyArray<number> => [...a, 0xad, 0x42, ...signed(b), 0x7e]
const lowWord = (a: ReadonlyArray<number>): ReadonlyArray<number> => [...a, 0xa7]
const highWord = (a: ReadonlyArray<number>): ReadonlyArray<number> => [...a, 0x42, 32, 0x88, 0xa7]
const store = (word: number, value: ReadonlyArray<number>): ReadonlyArray<number> => [
  0x41,
  0,
  ...value,
  0x36,
  2,
  4 * word
]

/** Locals: the four words, least significant first, and the two of the key, which are arguments; then two products. */
const [a, b, c, d, key0, key1, product0, product1] = [0, 1, 2, 3, 4, 5, 6, 7]

const round: ReadonlyArray<number> = [
  ...set(product0, product(get(a), lane0)),
  ...set(product1, product(get(c), lane1)),
  ...set(a, xor(xor(highWord(get(product1)), get(b)), get(key0))),
  ...set(b, lowWord(get(product1))),
  ...set(c, xor(xor(highWord(get(product0)), get(d)), get(key1))),
  ...set(d, lowWord(get(product0))),
  ...set(key0, plus(get(key0), weyl0)),
  ...set(key1, plus(get(key1), weyl1))
]

const body = (): ReadonlyArray<number> => {
  const twoWide = [1, 2, 0x7e]
  const rounds = Array.from({ length: roundCount }, () => round).flat()
  const results = [a, b, c, d].flatMap((local) => store(local, get(local)))
  return [...twoWide, ...rounds, ...results, 0x0b]
}

const section = (id: number, content: ReadonlyArray<number>): ReadonlyArray<number> => [
  id,
  ...unsigned(content.length),
  ...content
]

/** One function of six words without a result, one page of memory, and the names both are exported by. */
const module = (): WebAssembly.Module => {
  const code = body()
  const words = new Array<number>(6).fill(0x7f)
  const name = (text: string) => [text.length, ...text].map((x) => (typeof x === "string" ? x.charCodeAt(0) : x))
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, words.length, ...words, 0]),
      ...section(3, [1, 0]),
      ...section(5, [1, 1, 1, 1]),
      ...section(7, [2, ...name("block"), 0, 0, ...name("memory"), 2, 0]),
      ...section(10, [1, ...unsigned(code.length), ...code])
    ])
  )
}

const { block, memory } = new WebAssembly.Instance(module()).exports as {
  readonly block: (a: number, b: number, c: number, d: number, key0: number, key1: number) => void
  readonly memory: WebAssembly.Memory
}

/**
 * Philox4x32-10 as machine code: JavaScript has no product of 32-bit words in 64 bits, and takes four times as long. Leaves
 * the four words in `blockWords`.
 */
export const philoxBlock = block
export const blockWords = new Int32Array(memory.buffer)
