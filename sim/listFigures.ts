import { Closed, type ContactList, ContactState } from "../src/dialler/ContactList.ts"
import { attemptNumbers, type ListFigures } from "../src/domain/LawFigures.ts"

/** How a list stands. */
export const listFigures = (list: ContactList): ListFigures => {
  const attempts = new Array<number>(attemptNumbers).fill(0)
  const ways = Object.keys(Closed)
  const closed = new Array<number>(ways.length).fill(0)
  for (let contact = 0; contact < list.size; contact += 1) {
    const made = list.attempts[contact]
    for (let number = 1; number <= Math.min(made, attemptNumbers); number += 1) attempts[number - 1] += 1
    if (made > attemptNumbers) attempts[attemptNumbers - 1] += made - attemptNumbers
    if (list.state[contact] === ContactState.closed) closed[list.closedAs[contact]] += 1
  }
  return {
    attempts,
    loaded: list.size,
    attempted: list.attempted,
    reached: list.reachedCount,
    closed: Object.fromEntries(ways.flatMap((way, code) => (closed[code] > 0 ? [[way, closed[code]]] : [])))
  }
}
