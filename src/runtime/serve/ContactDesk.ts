import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { Contact } from "../../domain/Contact.ts"
import { insertContacts } from "../../store/floor/contactRows.ts"
import { forbiddenAmong } from "../../store/floor/doNotCallRows.ts"
import { Inbox } from "../floor/Inbox.ts"
import type { OpenFloor } from "../store/openFloor.ts"

/** Where contacts are added to campaigns while the floor works. */
export class ContactDesk extends Context.Service<
  ContactDesk,
  {
    /** Puts contacts at the end of a campaign's list: into the store first, so that none is lost. */
    readonly add: (campaign: number, contacts: ReadonlyArray<Contact>) => Effect.Effect<void, SqlError.SqlError>
    /** Somebody asked to be called: first come, first served. */
    readonly request: (campaign: number, contact: Contact) => Effect.Effect<void, SqlError.SqlError>
    /** A contact that rules have moved to a campaign is in the store: it goes on the list. Waits for nobody. */
    readonly arrived: (campaign: number) => Effect.Effect<void>
  }
>()("outpace/serve/ContactDesk") {
  static readonly layer = ({
    adding,
    contacts,
    core
  }: OpenFloor): Layer.Layer<ContactDesk, never, Inbox | SqlClient.SqlClient> =>
    Layer.effect(
      ContactDesk,
      Effect.gen(function* () {
        const inbox = yield* Inbox
        const sql = yield* SqlClient.SqlClient
        const scope = yield* Effect.scope
        // Whoever asked first is told of first.
        const one = yield* Semaphore.make(1)
        const store = Effect.fnUntraced(function* (
          campaign: number,
          added: ReadonlyArray<Contact>,
          requested: boolean
        ) {
          const { name } = core.dialler.campaigns[campaign].settings
          const loadedAt = yield* Clock.currentTimeMillis
          const first = contacts.loaded(campaign)
          const noCalls = yield* forbiddenAmong(added.flatMap(({ numbers }) => numbers.map(({ number }) => number)))
          const rows = added.map((is, place) => ({
            contact: first + place,
            is,
            segment: is.fields.segment ?? "",
            loadedAt,
            requested,
            forbidden: is.numbers.some(({ number }) => noCalls.has(number))
          }))
          yield* sql.withTransaction(insertContacts(name, rows))
          for (const row of rows) contacts.load(campaign, row)
        }, adding.withPermits(1))
        const put = (campaign: number, added: ReadonlyArray<Contact>, requested: boolean) =>
          Effect.andThen(
            store(campaign, added, requested),
            inbox.tell(
              requested
                ? { kind: "callbackRequested", campaign }
                : { kind: "contactsAdded", campaign, count: added.length, segment: null }
            )
          )
        const whole = <A, E>(work: Effect.Effect<A, E, SqlClient.SqlClient>) =>
          Effect.provideService(one.withPermits(1)(Effect.uninterruptible(work)), SqlClient.SqlClient, sql)
        return ContactDesk.of({
          add: (campaign, added) => (added.length === 0 ? Effect.void : whole(put(campaign, added, false))),
          request: (campaign, contact) => whole(put(campaign, [contact], true)),
          arrived: (campaign) =>
            inbox
              .tell({ kind: "contactsAdded", campaign, count: 1, segment: null })
              .pipe(Effect.forkIn(scope), Effect.asVoid)
        })
      })
    )
}
