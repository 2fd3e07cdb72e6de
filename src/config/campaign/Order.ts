import { Schema } from "effect"
import type { CallingOrder } from "../../contacts/orders.ts"

/** Orders in which contacts may be called. */
export const orderNames = ["loaded", "newest", "priority", "random", "fewest-attempts", "best-hour"] as const
export const Order = Schema.Union([
  Schema.Literals(orderNames),
  Schema.Array(Schema.Literals(orderNames)).check(Schema.isMinLength(1), Schema.isMaxLength(orderNames.length))
]).annotate({ title: `one of ${orderNames.join(", ")}, or a list of them: the first decides, ties go to the next` })
export type Order = typeof Order.Type

/** The order as lists are sorted by; `seed` names the order `random`. None for as loaded. */
export const toOrders = (order: Order, seed: string): ReadonlyArray<CallingOrder> => {
  const names = typeof order === "string" ? [order] : order
  if (names.every((name) => name === "loaded")) return []
  return names.map((by) => (by === "random" ? { by, seed } : { by }))
}
