import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { Contact, E164 } from "../../domain/Contact.ts"
import { insertContacts } from "../../store/floor/contactRows.ts"
import { forbiddenAmong } from "../../store/floor/doNotCallRows.ts"
import { Inbox } from "../floor/Inbox.ts"
import type { OpenFloor } from "../store/openFloor.ts"

/** How a contact comes to a list: the event that says so. */
type Kind = "contactsAdded" | "callbackRequested" | "callerAdded"

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
    /**
     * The contact of a campaign who calls from a number; where nobody has it, or it is withheld (null), a new one, whom nobody
     * calls by itself. Done when the contact is on the list; undefined where it did not come there within 5 s.
     */
    readonly caller: (campaign: number, number: E164 | null) => Effect.Effect<number | undefined, SqlError.SqlError>
  }
>()("outpace/serve/ContactDesk") {
  static readonly layer = ({
    adding,
    contacts,
    core,
    erased
  }: OpenFloor): Layer.Layer<ContactDesk, never, Inbox | SqlClient.SqlClient> =>
    Layer.effect(
      ContactDesk,
      Effect.gen(function* () {
        const inbox = yield* Inbox
        const sql = yield* SqlClient.SqlClient
        const scope = yield* Effect.scope
        // Whoever asked first is told of first.
        const one = yield* Semaphore.make(1)
        const store = Effect.fnUntraced(function* (campaign: number, added: ReadonlyArray<Contact>, kind: Kind) {
          const { name } = core.dialler.campaigns[campaign].settings
          const loadedAt = yield* Clock.currentTimeMillis
          const first = contacts.loaded(campaign)
          const noCalls = yield* forbiddenAmong(added.flatMap(({ numbers }) => numbers.map(({ number }) => number)))
          // Who calls us, or asks to be called, wishes it; nobody else who was erased is called.
          const isErased = (number: E164) => kind === "contactsAdded" && erased?.has(number, "calls") === true
          const rows = added.map((is, place) => ({
            contact: first + place,
            is,
            segment: is.fields.segment ?? "",
            loadedAt,
            requested: kind === "callbackRequested",
            calledIn: kind === "callerAdded",
            forbidden: is.numbers.some(({ number }) => noCalls.has(number) || isErased(number))
          }))
          yield* sql.withTransaction(insertContacts(name, rows))
          for (const row of rows) contacts.load(campaign, row)
          return first
        }, adding.withPermits(1))
        const put = (campaign: number, added: ReadonlyArray<Contact>, kind: Kind) =>
          Effect.tap(store(campaign, added, kind), () =>
            inbox.tell(
              kind === "contactsAdded" ? { kind, campaign, count: added.length, segment: null } : { kind, campaign }
            )
          )
        const whole = <A, E>(work: Effect.Effect<A, E, SqlClient.SqlClient>) =>
          Effect.provideService(one.withPermits(1)(Effect.uninterruptible(work)), SqlClient.SqlClient, sql)
        const known = Effect.fnUntraced(function* (campaign: number, number: E164 | null) {
          const own = number === null ? [] : contacts.contactsWith(number)
          const found = own.find((each) => each.campaign === campaign)
          if (found !== undefined) return found.contact
          const numbers = number === null ? [] : [{ number, column: "caller" }]
          return yield* put(campaign, [{ numbers, fields: {}, parameters: {} }], "callerAdded")
        })
        return ContactDesk.of({
          add: (campaign, added) =>
            added.length === 0 ? Effect.void : Effect.asVoid(whole(put(campaign, added, "contactsAdded"))),
          request: (campaign, contact) => Effect.asVoid(whole(put(campaign, [contact], "callbackRequested"))),
          arrived: (campaign) =>
            inbox
              .tell({ kind: "contactsAdded", campaign, count: 1, segment: null })
              .pipe(Effect.forkIn(scope), Effect.asVoid),
          caller: (campaign, number) =>
            Effect.flatMap(whole(known(campaign, number)), (contact) => onList(core, campaign, contact))
        })
      })
    )
}

const pollMillis = 10
const pollsMax = 500

/** Waits until the core has a contact on its list. */
const onList = Effect.fnUntraced(function* ({ dialler }: OpenFloor["core"], campaign: number, contact: number) {
  for (let polls = 0; polls < pollsMax; polls += 1) {
    if (contact < dialler.campaigns[campaign].list.size) return contact
    yield* Effect.sleep(pollMillis)
  }
  return undefined
})
