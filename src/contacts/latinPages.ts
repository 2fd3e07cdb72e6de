/** Code pages of languages written in Latin letters, the likelier first. */
const pages = ["windows-1252", "windows-1250", "iso-8859-2", "windows-1254", "windows-1257"] as const
export type LatinPage = (typeof pages)[number]

/** Letters beyond a to z, by language. */
const alphabets: Readonly<Record<"western" | "central" | "turkish" | "baltic", ReadonlyArray<string>>> = {
  western: ["äöüßé", "àâæçéèêëïîôœùûüÿ", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìòóùî", "åäöæøéü", "éëïóöüè", "áðéíóúýþæö"],
  central: ["áčďéěíňóřšťúůýžöü", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźżé", "áéíóöőúüű", "čćđšž", "ăâîşţșț"],
  turkish: ["çğıi̇öşüâîû"],
  baltic: ["ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"]
}
const alphabetsOf: Readonly<Record<LatinPage, ReadonlyArray<string>>> = {
  "windows-1252": alphabets.western,
  "windows-1250": alphabets.central,
  "iso-8859-2": alphabets.central,
  "windows-1254": alphabets.turkish,
  "windows-1257": alphabets.baltic
}

/** Whether the letters beyond ASCII stand among ASCII ones, as in languages written in Latin letters. */
export const isLatin = (sample: Uint8Array): boolean => {
  const isAsciiLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
  let high = 0
  let beside = 0
  for (let i = 0; i < sample.length; i += 1) {
    if (sample[i] < 0x80) continue
    high += 1
    if (isAsciiLetter(sample[i - 1]) || isAsciiLetter(sample[i + 1])) beside += 1
  }
  return beside > high / 2
}

/**
 * The code page of a Latin text without prose, such as a list of names: the one in which its letters come closest to
 * being those of one language. Statistics of letter groups, made from prose, mistake Czech names for western ones.
 */
export const latinPage = (sample: Uint8Array): LatinPage => {
  let best: LatinPage = "windows-1252"
  let bestFit = -1
  for (const page of pages) {
    const counts = letterCounts(new TextDecoder(page).decode(sample))
    const fit = Math.max(...alphabetsOf[page].map((alphabet) => share(counts, alphabet)))
    // Pages that agree on every byte that occurs tie; then the likelier one stays.
    if (fit > bestFit + 1e-9) {
      best = page
      bestFit = fit
    }
  }
  return best
}

const letterCounts = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) continue
    const letter = character.toLowerCase()
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return counts
}

const share = (counts: ReadonlyMap<string, number>, alphabet: string): number => {
  let all = 0
  let fitting = 0
  for (const [letter, count] of counts) {
    all += count
    if (alphabet.includes(letter)) fitting += count
  }
  return all === 0 ? 0 : fitting / all
}
