import { chmod, lstat, unlink } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Server } from 'node:net'
import { fail } from '../../shared/contract/failure.ts'
import { fileTrouble } from '../files/file-trouble.ts'
import type { Address } from './access/address.ts'
import { isLoopback } from './access/address.ts'

/**
 * Begins to listen. A socket can be opened by its owner alone.
 * @returns the port; `null` for a socket
 * @throws `address-refused` or `address-unusable`
 */
export async function listen(server: Server, address: Address): Promise<number | null> {
  if (address.kind === 'socket') await clearSocket(address.path)
  else if (!isLoopback(address.host)) fail('address-refused', { address: address.host })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.once('listening', resolve)
  if (address.kind === 'port') server.listen({ host: address.host, port: address.port, exclusive: true })
  else listenPrivately(server, address.path)
  try {
    await promise
  } catch (error) {
    return unusable(address, error)
  } finally {
    server.off('error', reject)
  }
  if (address.kind === 'socket') await chmod(address.path, 0o600)
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : null
}

/** A socket file is made within the call, by the mask of that moment: there is no time in which others could open it. */
function listenPrivately(server: Server, path: string): void {
  const mask = process.umask(0o177)
  try {
    server.listen({ path })
  } finally {
    process.umask(mask)
  }
}

/** Removes a socket that a killed host left behind; one that answers, or a file of another kind, stays. */
async function clearSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return
  if (!found.isSocket()) fail('address-unusable', { address: path, reason: 'a file of another kind is there' })
  if (await answers(path)) fail('address-unusable', { address: path, reason: 'another program listens there' })
  await unlink(path)
}

async function answers(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ path })
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  const answered = await promise
  socket.destroy()
  return answered
}

function unusable(address: Address, error: unknown): never {
  const reason = fileTrouble(error)
  if (reason === null) throw error
  return fail(
    'address-unusable',
    { address: address.kind === 'port' ? `${address.host}:${address.port}` : address.path, reason },
    error,
  )
}
