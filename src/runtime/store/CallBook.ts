import type { OpenCallChange } from "../../store/floor/openCalls.ts"

/** What became of calls that is not in the store yet: of each call the last. It goes along with the journal's next commit. */
export class CallBook {
  readonly #changes = new Map<string, OpenCallChange>()

  get isEmpty(): boolean {
    return this.#changes.size === 0
  }

  note(change: OpenCallChange): void {
    this.#changes.set(change.id, change)
  }

  /** Hands over what was noted since the last time. */
  take(): ReadonlyArray<OpenCallChange> {
    const changes = [...this.#changes.values()]
    this.#changes.clear()
    return changes
  }
}
