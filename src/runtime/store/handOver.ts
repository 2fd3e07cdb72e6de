import { Effect } from "effect"
import { insertContacts } from "../../store/floor/contactRows.ts"
import { forbiddenAmong } from "../../store/floor/doNotCallRows.ts"
import type { NoteRow } from "../../store/schema.ts"
import type { OpenFloor } from "./openFloor.ts"

/** Whether rules have sent a contact to another campaign. */
export const isMove = ({ kind }: Pick<NoteRow, "kind">): boolean => kind === "moved"

/**
 * Puts contacts that rules have sent to another campaign into it, as they are now, behind those it has. To be called within
 * the transaction that keeps the notes, so that each is there once whenever the process dies; on the list they come when the
 * core is told, or at the next start. One for a campaign that the floor does not have goes nowhere. Somebody who was erased
 * and has come back, such as by a call to us, is not called there.
 */
export const handOver = Effect.fnUntraced(function* (
  { contacts, core, erased }: Pick<OpenFloor, "contacts" | "core" | "erased">,
  notes: ReadonlyArray<NoteRow>
) {
  const { campaigns } = core.dialler
  const indexOf = (name: string): number => campaigns.findIndex(({ settings }) => settings.name === name)
  for (const note of notes) {
    if (note.kind !== "moved") continue
    const target = indexOf(note.detail.to)
    if (target < 0) continue
    const is = contacts.contactOf(indexOf(note.campaign), note.contact)
    const noCalls = yield* forbiddenAmong(is.numbers.map(({ number }) => number))
    const row = {
      contact: contacts.loaded(target),
      is,
      segment: is.fields.segment ?? "",
      loadedAt: note.at,
      requested: false,
      forbidden: noCalls.size > 0 || is.numbers.some(({ number }) => erased?.has(number, "calls") === true)
    }
    yield* insertContacts(campaigns[target].settings.name, [row])
    contacts.load(target, row)
  }
})
