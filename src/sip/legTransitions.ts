/**
 * The life of one leg. `Calling` and `Cancelling` are ours before an answer, `Offered` and `Answering` theirs. `Up` is
 * an answered call. `HangingUp` waits for the far end to say it has hung up.
 */
export type LegState = "Calling" | "Cancelling" | "Offered" | "Answering" | "EndingOnAck" | "Up" | "HangingUp" | "Ended"

/**
 * `answered`, `failed`: the final response to our INVITE. `acknowledged`: the ACK of our answer. `farHangUp`: their BYE
 * or CANCEL. `byeDone`, `byeRefused`: the answer to our BYE. `broken`: the dialog cannot be used any more. `gone`: the
 * user agent has dropped the session. `giveUp`: 64·T1 have passed since the last attempt to end the call.
 */
export type LegInput =
  | "answered"
  | "failed"
  | "accept"
  | "acknowledged"
  | "hangUp"
  | "farHangUp"
  | "byeDone"
  | "byeRefused"
  | "broken"
  | "gone"
  | "giveUp"

export type LegAction =
  | "cancel"
  | "answer"
  | "reject"
  | "bye"
  | "byeLater"
  | "tellAnswered"
  | "tellFailed"
  | "tellEndedByUs"
  | "tellEndedByThem"
  | "tellGivenUp"

type Row = Partial<Record<LegInput, readonly [LegState, ...Array<LegAction>]>>

/**
 * What becomes of a leg (RFC 3261 §9.1, §13.2.2.4 and §15). An input that a row does not name is ignored. Each way to
 * `Ended` tells exactly once; every state that waits for the far end to hang up has a way out by `giveUp`.
 */
export const legTransitions: Record<LegState, Row> = {
  Calling: {
    answered: ["Up", "tellAnswered"],
    failed: ["Ended", "tellFailed"],
    gone: ["Ended", "tellFailed"],
    hangUp: ["Cancelling", "cancel"]
  },
  // A CANCEL that crosses the answer does not end the call: the answer is acknowledged, then ended.
  Cancelling: {
    answered: ["HangingUp", "bye"],
    failed: ["Ended", "tellEndedByUs"],
    gone: ["Ended", "tellGivenUp"],
    giveUp: ["Ended", "tellGivenUp"]
  },
  Offered: {
    accept: ["Answering", "answer"],
    hangUp: ["Ended", "reject", "tellEndedByUs"],
    farHangUp: ["Ended", "tellEndedByThem"],
    gone: ["Ended", "tellEndedByUs"]
  },
  Answering: {
    acknowledged: ["Up", "tellAnswered"],
    hangUp: ["EndingOnAck"],
    farHangUp: ["Ended", "tellEndedByThem"],
    gone: ["Ended", "tellGivenUp"]
  },
  // A callee may not hang up before its answer is acknowledged (RFC 3261 §15).
  EndingOnAck: {
    acknowledged: ["HangingUp", "bye"],
    farHangUp: ["Ended", "tellEndedByThem"],
    gone: ["Ended", "tellGivenUp"],
    giveUp: ["HangingUp", "bye"]
  },
  Up: {
    farHangUp: ["Ended", "tellEndedByThem"],
    hangUp: ["HangingUp", "bye"],
    broken: ["HangingUp", "bye"],
    gone: ["Ended", "tellGivenUp"]
  },
  HangingUp: {
    byeDone: ["Ended", "tellEndedByUs"],
    byeRefused: ["HangingUp", "byeLater"],
    farHangUp: ["Ended", "tellEndedByUs"],
    gone: ["Ended", "tellGivenUp"],
    giveUp: ["Ended", "tellGivenUp"]
  },
  Ended: {}
}
