/** The part of sipjs-udp 0.0.16 that src/sip/sipjs uses; the package brings no types of its own. */
declare module "sipjs-udp" {
  /** A header of a message received; `parsed` is what the package works with, `raw` what it copies. */
  interface SipjsHeader {
    raw: unknown
    parsed?: unknown
  }
  interface SipjsUri {
    host: string
    port: number | null
    toString(): string
  }
  interface SipjsNameAddress {
    uri: SipjsUri
  }
  interface SipjsIncoming {
    method: string
    headers: Record<string, Array<SipjsHeader>>
    via: unknown
    via_branch: string
    call_id: string
    cseq: number
    from: SipjsNameAddress
    from_tag: string | undefined
    to: SipjsNameAddress
    to_tag: string | undefined
    body: string
    data: string
  }
  interface SipjsRequest extends SipjsIncoming {
    ruri: SipjsUri
    transport: SipjsTransport | null
    reply(status: number, reason?: string | null, headers?: ReadonlyArray<string>, body?: string): string
  }
  interface SipjsResponse extends SipjsIncoming {
    status_code: number
    reason_phrase: string
  }
  interface SipjsOutgoing {
    readonly method: string
    readonly ruri: SipjsUri
    readonly headers: Record<string, Array<unknown>>
    readonly call_id: string
    cseq: number
    readonly body: string | null | undefined
    readonly dialog?: SipjsDialog
    setHeader(name: string, value: string | Array<string>): void
    /** Only of an INVITE whose transaction exists. */
    cancel?(reason?: string): void
    toString(): string
  }
  interface SipjsRequestSender {
    /** Of the INVITE that begins a call, its session. */
    readonly applicant: SipjsSession
    readonly request: SipjsOutgoing
    challenged: boolean
    staled: boolean
    receiveResponse(response: SipjsResponse): void
    send(): SipjsTransaction
  }
  interface SipjsTransaction {
    id: string
    readonly type: "ict" | "nict" | "ist" | "nist"
    readonly request: SipjsOutgoing
    receiveResponse(response: SipjsResponse): void
  }
  interface SipjsTransport {
    connected: boolean
    readonly server: { status: number }
    send(host: string, port: number, message: SipjsOutgoing | string): boolean
    disconnect(): void
  }
  /** What hears of a request sent within a dialog. */
  interface SipjsApplicant {
    readonly owner: SipjsSession
    receiveResponse(response: SipjsResponse): void
    onRequestTimeout(): void
    onTransportError(): void
    onDialogError(response: SipjsResponse): void
  }
  interface SipjsDialog {
    readonly id: { readonly remote_tag: string }
    local_seqnum: number
    remote_target: SipjsUri
    readonly pracked: Array<string>
    sendRequest(
      applicant: SipjsApplicant,
      method: string,
      options: { readonly extraHeaders?: ReadonlyArray<string>; readonly body?: string }
    ): SipjsOutgoing
    terminate(): void
  }
  interface SipjsEmitter {
    on(event: string, listener: (...args: ReadonlyArray<never>) => void): this
    emit(event: string, ...args: ReadonlyArray<unknown>): boolean
  }
  interface SipjsSession extends SipjsEmitter {
    status: number
    dialog?: SipjsDialog | null
    readonly earlyDialogs: Record<string, SipjsDialog>
    readonly mediaHandler: SipjsMedia
    readonly contact: string
    readonly ua: SipjsAgentCore
    request: SipjsOutgoing & SipjsRequest
    hasAnswer: boolean
    sendRequest(
      method: string,
      options: {
        readonly extraHeaders?: ReadonlyArray<string>
        readonly body?: string
        readonly cseq?: number
        readonly receiveResponse?: (response: SipjsResponse) => void
      }
    ): this
    receiveRequest(request: SipjsRequest): void
    receiveReinvite(request: SipjsRequest): void
    setInvite2xxTimer(request: SipjsRequest, body: string): void
    setACKTimer(): void
    terminated(message?: unknown, cause?: string): this
    /** Of a call to us. */
    accept(options?: object): this
    reject(options: { readonly statusCode: number; readonly reasonPhrase?: string }): this
    progress(options: {
      readonly statusCode: number
      readonly body?: string
      readonly extraHeaders?: ReadonlyArray<string>
    }): this
    /** Of a call of ours. */
    invite(): this
  }
  interface SipjsMedia {
    close(): void
    render(): void
    mute(): void
    unmute(): void
    isReady(): boolean
    getDescription(hint?: unknown): unknown
    setDescription(description: string): unknown
  }
  interface SipjsAgentCore extends SipjsEmitter {
    status: number
    transport: SipjsTransport | null
    transactions: Record<"ict" | "nict" | "ist" | "nist", Record<string, SipjsTransaction>>
    sessions: Record<string, SipjsSession>
    dialogs: Record<string, SipjsDialog>
    applicants: Record<string, unknown>
    log: { builtinEnabled: boolean; level: number }
    readonly configuration: { readonly viaHost: string; readonly viaPort: number }
    newTransaction(transaction: SipjsTransaction): void
    destroyTransaction(transaction: SipjsTransaction): void
    receiveRequest(request: SipjsRequest): void
    onTransportConnected(transport: SipjsTransport): void
  }
  interface SipjsCredentials {
    authenticate(request: SipjsOutgoing, challenge: unknown): boolean
    toString(): string
  }
  interface Sipjs {
    readonly version: string
    readonly C: { readonly supported: { readonly SUPPORTED: string } }
    readonly Utils: {
      createRandomToken(size: number): string
      generateFakeSDP(body: string | null): string | undefined
      /** Of a response being sent: settled, if at all, before anybody listens. */
      defer(): { readonly promise: unknown; readonly resolve: () => void; readonly reject: () => void }
    }
    readonly Timers: {
      setTimeout(callback: () => void, millis: number): unknown
      clearTimeout(timer: unknown): void
      setInterval(callback: () => void, millis: number): unknown
      clearInterval(timer: unknown): void
    }
    readonly RequestSender: { readonly prototype: SipjsRequestSender }
    readonly Session: { readonly C: Readonly<Record<string, number>>; readonly prototype: SipjsSession }
    readonly UA: {
      new (configuration: object): SipjsAgentCore
      readonly C: { readonly ALLOWED_METHODS: Array<string>; readonly STATUS_READY: number }
      readonly prototype: SipjsAgentCore
    }
    readonly URI: new (scheme: string, user: string | null, host: string, port: number | null) => SipjsUri
    readonly NameAddrHeader: new (
      uri: SipjsUri,
      displayName: string | undefined,
      parameters: Readonly<Record<string, string>>
    ) => SipjsNameAddress
    readonly IncomingRequest: new (ua: SipjsAgentCore) => SipjsRequest
    readonly IncomingResponse: new (ua: SipjsAgentCore) => SipjsResponse
    readonly InviteClientContext: new (ua: SipjsAgentCore, target: SipjsUri, options: object) => SipjsSession
  }
  const sipjs: Sipjs
  export default sipjs
  export type {
    Sipjs,
    SipjsAgentCore,
    SipjsApplicant,
    SipjsCredentials,
    SipjsDialog,
    SipjsHeader,
    SipjsIncoming,
    SipjsMedia,
    SipjsOutgoing,
    SipjsRequest,
    SipjsRequestSender,
    SipjsResponse,
    SipjsSession,
    SipjsTransaction,
    SipjsTransport,
    SipjsUri
  }
}
