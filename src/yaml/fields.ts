import { Effect, Schema, SchemaGetter } from "effect"

/**
 * A field that may be left out. The value it then has, and the sentence for the manager, go into the JSON Schema, the
 * reference and the messages, so that no default is hidden.
 */
export const field = <S extends Schema.Constraint>(
  schema: S,
  value: S["Encoded"],
  description: string
): Schema.withDecodingDefaultKey<S> => {
  const key: Schema.optionalKey<Schema.toEncoded<S>> = Schema.optionalKey(Schema.toEncoded(schema))
  return key.annotateKey({ description, default: value }).pipe(
    Schema.decodeTo(schema, {
      decode: SchemaGetter.withDefault(Effect.succeed(value)),
      encode: SchemaGetter.passthrough()
    })
  )
}

/** A field that may be left out and then follows from other fields, as `otherwise` says in words. */
export const derived = <S extends Schema.Constraint>(schema: S, otherwise: string, description: string) =>
  Schema.optionalKey(schema).pipe(Schema.annotateKey({ description, "x-default": otherwise }))

/** A field that must be there. */
export const required = <S extends Schema.Top>(schema: S, description: string) =>
  schema.pipe(Schema.annotateKey({ description }))

const number = (unit: string) => Schema.Finite.annotate({ "x-unit": unit })
const whole = (unit: string) => Schema.Int.annotate({ "x-unit": unit })
const between = (minimum: number, maximum: number) => Schema.isBetween({ minimum, maximum })

/** Longest time a field in seconds takes: one day. */
export const secondsMax = 86_400
export const Seconds = number("s").check(between(0, secondsMax))
/** Up to 90 days: retry rules reach further than one day. */
export const minutesMax = 129_600
export const Minutes = number("min").check(between(0, minutesMax))
export const Hours = number("h").check(between(0.01, 24))
/** A part of a whole: 0.3 is 30 %. */
export const Share = number("share").check(between(0, 1))
/** A share that must not be 0. */
export const SharePositive = number("share").check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1))
/** Multiplies something: 1 changes nothing. */
export const Factor = number("factor").check(between(0, 10))
/** Coefficient of variation: standard deviation over mean. */
export const Variation = number("ratio").check(between(0, 10))
export const Percent = (minimum: number, maximum: number) => number("%").check(between(minimum, maximum))
export const Ratio = (minimum: number, maximum: number) => number("ratio").check(between(minimum, maximum))
export const PerSecond = number("per s").check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(10_000))
export const PerHour = number("per h").check(between(0, 1_000_000))
export const Count = (minimum: number, maximum: number) => whole("count").check(between(minimum, maximum))

/** What the people of a list or a group may be called in reports: one line. */
export const Name = Schema.String.check(
  Schema.isPattern(/^\S(.{0,78}\S)?$/u, { "x-form": "a name of 1 to 80 characters" })
)
export const Text = Schema.String.check(Schema.isMaxLength(2_000))

/** Local clock time. */
export const Clock = Schema.String.check(
  Schema.isPattern(/^(([01]?\d|2[0-3]):[0-5]\d|24:00)$/u, { "x-form": 'a clock time such as "09:30"' })
)

/** Minutes after midnight. */
export const minutesOfClock = (clock: string): number => {
  const [hours, minutes] = clock.split(":")
  return Number(hours) * 60 + Number(minutes)
}

/** The unit of whole settings: seconds as a manager writes them, in milliseconds without a rounding tail. */
export const millisOfSeconds = (seconds: number): number => Math.round(seconds * 1_000)
export const secondsOfMinutes = (minutes: number): number => Math.round(minutes * 60_000) / 1_000
