/**
 * What a draw is about: the third part of its key beside the two ids. The comment names the ids `Draws.at` gets.
 * A number is never reused or renumbered, for that would change every stored run; new sources go at the end.
 */
export const Source = {
  /** (contact, 0): how reachable this person is at all, the same in every attempt. */
  reachability: 1,
  /** (contact, attempt): what becomes of the attempt, then set-up and ring time. */
  outcome: 2,
  /** (contact, attempt): talk time. */
  talk: 3,
  /** (contact, attempt): how long the person waits after answering. */
  patience: 4,
  /** (contact, attempt): verdict and delay of answering-machine detection. */
  detection: 5,
  /** (contact, attempt): what the conversation leads to, and when to call again. */
  disposition: 6,
  /** (agent, 0): this agent's own pace against the team's. */
  agentSpeed: 7,
  /** (agent, call number): after-call work. */
  wrap: 8,
  /** (agent, call number): reading before a previewed call. */
  previewRead: 9,
  /** (agent, call number): delay until the agent picks up a call put through. */
  agentAnswer: 10,
  /** (agent, break number): when the next break starts, and how long it lasts. */
  breaks: 11,
  /** (agent, 0): late sign-in and early sign-out. */
  signIn: 12,
  /** (contact, 0): properties of the contact when a list is made up. */
  list: 13,
  /** (position, 0): shuffling of the list. */
  listOrder: 14,
  /** (arrival number, 0): inbound calls and call-back requests. */
  arrival: 15,
  /** (interval number, 0): slow drift of the answer rate over the day. */
  drift: 16,
  /** (call number, 0): failures of the trunk. */
  trunk: 17,
  /** (contact, attempt and question): answers given in the agent's script. */
  answers: 18,
  /** (contact, parameter): what the list says of a contact. */
  parameters: 19,
  /** (contact, step, visit and attempt): what people do in a call flow. */
  flow: 20
} as const

/** Campaigns draw from sources of their own: the same contact number in two campaigns is two people. */
const campaignStride = 64

/** What is added to a source for the campaign at this position. */
export const sourcesOf = (campaign: number): number => campaign * campaignStride
