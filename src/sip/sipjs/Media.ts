import type { SipjsMedia } from "sipjs-udp"
import { Settled } from "./Settled.ts"

/** The package's view of our media: descriptions only. The sound itself is none of its business. */
export class Media implements SipjsMedia {
  /** Our description: the offer or answer to give. */
  local = ""
  /** The far end's last description; empty while there is none. */
  remote = ""
  /** Called when the package counts the call as established. */
  onEstablished: () => void = () => {}

  getDescription(_hint?: unknown): Settled<string> {
    return new Settled(this.local)
  }
  /** Never refuses: a session refused here would stay in the package's tables (defect 28). */
  setDescription(description: string): Settled<void> {
    this.remote = description
    return new Settled(undefined)
  }
  unmute(): void {
    this.onEstablished()
  }
  isReady(): boolean {
    return true
  }
  mute(): void {}
  close(): void {}
  render(): void {}
}
