import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Answer } from '../shared/contract/answer.ts'
import { channels, type DesktopBridge } from '../shared/contract/desktop.ts'
import type { AddedPicture } from '../shared/contract/library.ts'

/** Sends a question along with a port and hands on what comes back by it; the call it returns closes the port. */
function listen(channel: string, question: unknown, receive: (message: never) => void): () => void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => receive(data as never)
  ipcRenderer.postMessage(channel, question, [port2])
  return () => {
    // What is on its way already is not delivered any more.
    port1.onmessage = null
    port1.close()
  }
}

const bridge: DesktopBridge = {
  call: (name, request) => ipcRenderer.invoke(channels.call, { name, request }) as Promise<Answer>,
  openStream: (name, request, receive) => listen(channels.stream, { name, request }, receive),
  takeFile: async (file) => {
    const path = webUtils.getPathForFile(file as File)
    return path === '' ? null : ((await ipcRenderer.invoke(channels.file, path)) as Answer<AddedPicture>)
  },
  onNews: (listener) => void listen(channels.news, null, listener),
}

contextBridge.exposeInMainWorld('whence', bridge)
