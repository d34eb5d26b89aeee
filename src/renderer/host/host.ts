import type { DesktopNews } from '../../shared/contract/desktop.ts'
import type { AddedPicture } from '../../shared/contract/library.ts'
import type { CallName, EventOf, RequestOf, ResponseOf, StreamName } from '../../shared/contract/types.ts'

/** What the window asks the app through, whichever host it runs on. What cannot be answered is thrown as a `Refused`. */
export interface WhenceHost {
  readonly kind: 'electron' | 'browser'
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
  /** Takes a picture that was dropped, pasted or chosen in a file field. Its path is neither asked for nor told. */
  addPicture(file: File): Promise<AddedPicture>
  /** Hears what the desktop tells unasked; a browser is told nothing. The latest listener hears it. */
  hearNews(listener: (news: DesktopNews) => void): void
}
