import { assert, describe, it } from "@effect/vitest"
import { windowSettingsOf } from "../../../src/runtime/store/windowSettingsOf.ts"
import { StoredContacts } from "../../../src/runtime/store/StoredContacts.ts"
import { FloorCore } from "../../../src/runtime/floor/FloorCore.ts"
import type { E164 } from "../../../src/domain/Contact.ts"
import { accepted, changed, refused, start } from "../../config/floor/smallFloor.ts"

const filter = 'filter: { op: "=", field: parameter.Status, value: active }'
const automatic = (list: string): string =>
  changed(
    "mode: progressive\n    list: { file: contacts.csv, country: DE, numbers: [Phone] }",
    `mode: automatic
    law: none
    flow: { announcement: { message: { text: Good day. } } }
    list: { file: contacts.csv, country: DE, numbers: [Phone], order: random${list} }`
  )

/** A floor that works, of a campaign that calls at once, with a contact for each status. */
const floorOf = (text: string, statuses: ReadonlyArray<string>) => {
  const settings = windowSettingsOf(accepted(text), start)
  const contacts = new StoredContacts(settings, start)
  const core = new FloorCore(settings.dialler, settings.names, contacts)
  contacts.attach(core)
  statuses.forEach((Status, at) =>
    contacts.load(0, {
      is: {
        numbers: [{ number: `+49309018${100 + at}` as E164, column: "Phone" }],
        fields: {},
        parameters: { Status }
      },
      segment: "",
      loadedAt: start,
      requested: false,
      forbidden: false
    })
  )
  const dialled = (until: number) => {
    while (core.nextTimerAt <= until) core.tell({ kind: "timers" }, core.nextTimerAt)
    return core
      .takeCommands()
      .flatMap((command) => (command.kind === "dial" ? [command.contact] : []))
      .toSorted()
  }
  return { core, dialled }
}

describe("the filter of a live list", () => {
  it("leaves contacts out before the first of them is called, also of those who come later", () => {
    const paused = new Array<string>(20).fill("paused")
    const { core, dialled } = floorOf(automatic(`, ${filter}`), [...paused, "active", "", "ACTIVE", "paused", "active"])
    core.tell({ kind: "contactsAdded", campaign: 0, count: 23, segment: null }, 0)
    assert.deepStrictEqual(dialled(999), [20, 22])
    core.tell({ kind: "contactsAdded", campaign: 0, count: 2, segment: null }, 1_000)
    assert.deepStrictEqual(dialled(2_000), [24])
  })
  it("is nobody's where there is none", () => {
    const { core, dialled } = floorOf(automatic(""), ["paused", "active"])
    core.tell({ kind: "contactsAdded", campaign: 0, count: 2, segment: null }, 0)
    assert.deepStrictEqual(dialled(999), [0, 1])
  })
  it("is refused with its place where it is none", () => {
    assert.match(
      refused(automatic(', filter: { op: "=", field: height, value: 2 }')),
      /campaigns\[0\]\.list\.filter\.field[^]*found: {3}"height"\n {2}allowed: a field of the contact or the campaign/
    )
  })
})
