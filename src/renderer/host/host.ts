import type { DesktopNews } from '../../shared/contract/desktop.ts'
import type { HostKind } from '../../shared/contract/host-kind.ts'
import type { AddedPicture } from '../../shared/contract/library.ts'
import type { CallName, EventOf, RequestOf, ResponseOf, StreamName } from '../../shared/contract/types.ts'

/** What the window asks the app through, whichever host it runs on. What cannot be answered is thrown as a `Refused`. */
export interface WhenceHost {
  readonly kind: HostKind
  /** What this host can do beyond the common part of the contract; `native`: the system's own dialogs. */
  readonly capabilities: { readonly native: boolean }
  /** Asks a question with one answer. */
  call<Name extends CallName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>
  /**
   * Asks a question answered by events. The work ends when the reader leaves; when the signal aborts it also throws a `Refused` with the code
   * `cancelled`.
   */
  stream<Name extends StreamName>(
    name: Name,
    request: RequestOf<Name>,
    signal: AbortSignal,
  ): AsyncGenerator<EventOf<Name>, void, undefined>
  /** Takes a picture that was dropped, pasted or chosen in a file field. Its path is neither asked for nor passed on. */
  addPicture(file: File): Promise<AddedPicture>
  /** Calls with news that the desktop sends unasked; a browser gets none. Only the latest listener is called. */
  onNews(listener: (news: DesktopNews) => void): void
}
