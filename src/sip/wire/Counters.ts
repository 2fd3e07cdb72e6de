/** What happened on the wire since it was opened, in datagrams unless said otherwise. */
export interface Counters {
  received: number
  sent: number
  /** Requests and responses of ours sent again because nothing came back. */
  repeated: number
  /** Messages of others seen before, and absorbed. */
  duplicates: number
  keepAlives: number
  /** From addresses that are not peers. */
  strangers: number
  malformed: number
  /** Requests answered here with 400, 415, 416, 420 or 505. */
  refused: number
  /** Requests dropped because their source was over its rate, or the tables were full. */
  limited: number
  /** Responses to nothing we asked. */
  unknownResponses: number
  /** Responses of ours to nothing we were asked; not sent. */
  unaskedResponses: number
  /** Exceptions caught while a message was handled. */
  faults: number
  /** Answered calls nobody wanted any more, ended by the wire itself. */
  orphans: number
}

export const noCounts = (): Counters => ({
  received: 0,
  sent: 0,
  repeated: 0,
  duplicates: 0,
  keepAlives: 0,
  strangers: 0,
  malformed: 0,
  refused: 0,
  limited: 0,
  unknownResponses: 0,
  unaskedResponses: 0,
  faults: 0,
  orphans: 0
})
