import type { Answer } from '../../shared/contract/answer.ts'
import type { ResponseOf } from '../../shared/contract/types.ts'
import { apiClient } from './api-client.ts'
import { eventsOf } from './events-of.ts'
import type { WhenceHost } from './host.ts'
import { pictureOfFile } from './picture-of-file.ts'
import { StreamSocket } from './stream-socket.ts'
import type { Surroundings } from './surroundings.ts'
import { valueOf } from './value-of.ts'

/**
 * The browser host (`whence serve`), reached from a page that it served.
 * @param token what the person's address carried; with a wrong one every question is refused with `token-wrong`
 */
export function browserHost(surroundings: Surroundings, token: string): WhenceHost {
  const api = apiClient(surroundings, token)
  const socket = new StreamSocket(surroundings, api)
  const host: WhenceHost = {
    kind: 'browser',
    capabilities: { native: false },
    call: async (name, request) => valueOf((await api.ask(name, request)) as Answer<ResponseOf<typeof name>>),
    stream: (name, request, signal) => eventsOf((receive) => socket.open(name, request, receive), signal),
    addPicture: async (file) => host.call('picture.add', await pictureOfFile(file)),
    onNews: () => {},
  }
  return host
}
