/** RFC 3261 §17.1.1.1 and its table 4, in milliseconds. */
export const T1 = 500
export const T2 = 4_000
/** 64·T1: timers B, F, H, J, L and M; how long anything is repeated or remembered. */
export const transactionMillis = 64 * T1
/** How long an INVITE may ring, either way, before its transaction is forgotten; far above any ring limit. */
export const ringMemoryMillis = 600_000
/** Transactions held at once, each way. Beyond, new ones are dropped and counted; their senders repeat them. */
export const transactionsMax = 20_000
