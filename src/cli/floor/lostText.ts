import type { ErasedPeople } from "../../store/floor/erasedPeople.ts"

/** That people who were erased are not known any more, and why; null where all are. */
export const lostText = ({ entries, lost, why }: ErasedPeople): string | null =>
  why === null
    ? null
    : `Of ${entries} ${entries === 1 ? "number" : "numbers"} of erased people ${lost} cannot be told any more: ${why}. ` +
      "A list that has them brings these people back, and they are called."

/** What to do then. */
export const lostAdvice =
  "Put the secret back as it was, from where it is kept with copies of the store, and erase again who was erased since " +
  "it went. Without it, erase all these people again by their numbers; outpace erase NUMBER --drop-lost ends this warning."
