import type { Answers } from "../../domain/form/Form.ts"
import type { CallKey } from "../floor/FloorEvent.ts"

/** What was answered in one call. */
export interface Given extends Pick<CallKey, "generation"> {
  /** To the campaign's script, by step. */
  script: Answers
  /** In its call flow, by step or name: what was pressed, and what was set. */
  readonly flow: Map<string, string>
}

/** What was answered in the calls under way, by slot. Of a slot that is used anew nothing is known. */
export class CallAnswers {
  readonly #given = new Map<number, Given>()

  /** What there is of a call; undefined where there is nothing. */
  seen({ call, generation }: CallKey): Given | undefined {
    const known = this.#given.get(call)
    return known?.generation === generation ? known : undefined
  }

  /** The same, to be added to. */
  of({ call, generation }: CallKey): Given {
    const known = this.seen({ call, generation })
    if (known !== undefined) return known
    const given: Given = { generation, script: {}, flow: new Map() }
    this.#given.set(call, given)
    return given
  }

  /** What there is of a call that is over; it is forgotten. */
  take(key: CallKey): Given | undefined {
    const known = this.seen(key)
    this.#given.delete(key.call)
    return known
  }
}
