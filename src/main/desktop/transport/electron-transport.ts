import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain } from 'electron'
import type { Answer, StreamMessage } from '../../../shared/contract/answer.ts'
import { channels } from '../../../shared/contract/desktop.ts'
import type { AddedPicture } from '../../../shared/contract/library.ts'
import { Failed } from '../../../shared/contract/failure.ts'
import { electronClients } from './electron-clients.ts'
import { isOwnPage } from './electron-sender.ts'
import type { HandlerContext } from '../../app/handlers.ts'
import type { Router } from '../../app/router.ts'

/** What the pages of the desktop reach. */
export interface ElectronService {
  readonly router: Router
  /** Takes a file that was dropped on a page, by its path. */
  readonly takeFile: (path: string, context: HandlerContext) => Promise<Answer<AddedPicture>>
  /** A page listens to news on this port. */
  readonly listenToNews: (port: MessagePortMain) => void
}

/**
 * Carries the questions of the desktop's pages to the router and the answers back. Every message goes through one entry point each for
 * `invoke` and `postMessage`, which lets in nobody but the app's own pages.
 */
export function carryElectron({ router, takeFile, listenToNews }: ElectronService): void {
  const clientOf = electronClients()

  /** A question with one answer. */
  function answer(channel: string, work: (message: unknown, context: HandlerContext) => Promise<Answer>): void {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, message: unknown): Promise<Answer> => {
      if (!isOwnPage(event.senderFrame)) return foreign
      const client = clientOf(event.sender)
      return work(message, { client, signal: client.gone })
    })
  }

  /** A question that brings a port along. */
  function attend(channel: string, work: (message: unknown, port: MessagePortMain, context: HandlerContext) => void): void {
    ipcMain.on(channel, (event: IpcMainEvent, message: unknown) => {
      const [port, ...more] = event.ports
      if (!isOwnPage(event.senderFrame) || port === undefined || more.length > 0) {
        for (const unwanted of event.ports) unwanted.close()
        return
      }
      const client = clientOf(event.sender)
      work(message, port, { client, signal: client.gone })
    })
  }

  answer(channels.call, (message, context) => {
    const { name, request } = questionIn(message)
    return router.call(name, request, context)
  })
  answer(channels.file, (path, context) => {
    if (typeof path !== 'string') throw new TypeError('the preload sends a path')
    return takeFile(path, context)
  })
  attend(channels.stream, (message, port, context) => {
    const { name, request } = questionIn(message)
    void stream(port, (signal) => router.stream(name, request, { ...context, signal }), context.signal)
  })
  attend(channels.news, (_message, port) => listenToNews(port))
}

const { failure, message } = new Failed({ code: 'origin-refused', data: {} })
const foreign: Answer = { kind: 'refusal', refusal: { code: failure.code, message } }

/** The name and request in a message; the router judges both. */
function questionIn(message: unknown): { readonly name: string; readonly request: unknown } {
  if (typeof message !== 'object' || message === null) return { name: '', request: undefined }
  const { name, request } = message as { readonly name?: unknown; readonly request?: unknown }
  return { name: typeof name === 'string' ? name : '', request }
}

/** Sends the messages of a stream to a port, until it ends, or until the page closes the port or goes. */
async function stream(
  port: MessagePortMain,
  open: (signal: AbortSignal) => AsyncIterable<StreamMessage>,
  gone: AbortSignal,
): Promise<void> {
  const taken = new AbortController()
  port.once('close', () => taken.abort())
  port.start()
  for await (const message of open(AbortSignal.any([taken.signal, gone]))) {
    if (!taken.signal.aborted) port.postMessage(message)
  }
  port.close()
}
