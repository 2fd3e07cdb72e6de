import type { ContactBook } from "../../../src/runtime/floor/ContactBook.ts"

/** A book of contacts nothing is known of. */
export const noBook: ContactBook = {
  add: (dialler, campaign, count, now) => void dialler.addContacts(campaign, count, 0, now),
  request: (dialler, campaign, now) => void dialler.requestCallback(campaign, 0, now),
  caller: (dialler, campaign) => void dialler.arrivals.addCaller(campaign, 0),
  order: () => {},
  filter: () => {},
  fits: () => false,
  answersTo: () => [],
  flowLooks: () => 0,
  flowSets: () => {},
  answered: () => {},
  answersGiven: () => {},
  ruled: () => {},
  attemptClosed: () => {},
  arrivalClosed: () => {},
  turnAway: () => {}
}
