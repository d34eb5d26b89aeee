import type { Answer } from '../../shared/contract/answer.ts'
import type { DesktopBridge } from '../../shared/contract/desktop.ts'
import type { ResponseOf } from '../../shared/contract/types.ts'
import { eventsOf } from './events-of.ts'
import type { WhenceHost } from './host.ts'
import { pictureOfFile } from './picture-of-file.ts'
import { valueOf } from './value-of.ts'

/** The desktop app, reached through what its preload offers. */
export function electronHost(bridge: DesktopBridge): WhenceHost {
  const host: WhenceHost = {
    kind: 'electron',
    capabilities: { native: true },
    call: async (name, request) => valueOf((await bridge.call(name, request)) as Answer<ResponseOf<typeof name>>),
    stream: (name, request, signal) => eventsOf((receive) => bridge.openStream(name, request, receive), signal),
    addPicture: async (file) => {
      const taken = await bridge.takeFile(file)
      return taken === null ? host.call('picture.add', await pictureOfFile(file)) : valueOf(taken)
    },
    onNews: (listener) => bridge.onNews(listener),
  }
  return host
}
