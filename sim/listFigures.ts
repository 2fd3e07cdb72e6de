import { Closed, type ContactList, ContactState } from "../src/dialler/ContactList.ts"
import { attemptNumbers, type ListFigures } from "../src/domain/LawFigures.ts"

/** How a list stands. */
export const listFigures = (list: ContactList): ListFigures => {
  const byAttempts = new Float64Array(256)
  const ways = Object.keys(Closed)
  const closed = new Float64Array(ways.length)
  for (let contact = 0; contact < list.size; contact += 1) {
    byAttempts[list.attempts[contact]] += 1
    if (list.state[contact] === ContactState.closed) closed[list.closedAs[contact]] += 1
  }
  const attempts = new Array<number>(attemptNumbers).fill(0)
  byAttempts.forEach((contacts, made) => {
    if (contacts === 0) return
    for (let number = 1; number <= made; number += 1) attempts[Math.min(number, attemptNumbers) - 1] += contacts
  })
  return {
    attempts,
    loaded: list.size,
    attempted: list.attempted,
    reached: list.reachedCount,
    closed: Object.fromEntries(ways.flatMap((way, code) => (closed[code] > 0 ? [[way, closed[code]]] : [])))
  }
}
