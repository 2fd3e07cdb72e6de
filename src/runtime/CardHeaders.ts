import { Config, Effect, Redacted, Result, Schema } from "effect"

/** A header that proves to a server who asks. */
const SecretHeader = Schema.Struct({
  name: Schema.String.check(Schema.isPattern(/^[\w!#$%&'*+.^`|~-]+$/)),
  value: Schema.String.check(Schema.isPattern(/^[\x20-\x7e]+$/))
})
type SecretHeader = typeof SecretHeader.Type

const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text

const HeadersOfOrigins = Schema.fromJsonString(
  Schema.Record(Schema.String.check(Schema.makeFilter(isOrigin)), SecretHeader)
)

/** A key that is no origin would otherwise be left out in silence. */
const decode = Schema.decodeUnknownResult(HeadersOfOrigins, { onExcessProperty: "error" })

/** Secret headers by origin. They are not part of a card, so whoever edits cards cannot send them anywhere else. */
export type CardHeaders = Redacted.Redacted<ReadonlyMap<string, SecretHeader>>

/** The setting of the secret headers cannot be read. What stands in it is not told: it holds secrets. */
export class CardHeadersInvalid extends Schema.TaggedError<CardHeadersInvalid>()("CardHeadersInvalid", {
  setting: Schema.String
}) {
  override get message() {
    return (
      `the setting ${this.setting} cannot be understood. It is JSON such as ` +
      '{ "https://crm.example.org": { "name": "Authorization", "value": "Bearer …" } }, with nothing after the host.'
    )
  }
}

const setting = "OUTPACE_CARD_HEADERS"

export const cardHeaders = Effect.gen(function* () {
  const text = yield* Config.Redacted(setting).pipe(Config.withDefault(Redacted.make("{}")))
  const headers = decode(Redacted.value(text))
  if (Result.isFailure(headers)) return yield* new CardHeadersInvalid({ setting })
  const byOrigin: CardHeaders = Redacted.make(new Map(Object.entries(headers.success)), { label: setting })
  return byOrigin
})
