import { isIPv4, isIPv6 } from 'node:net'
import { fail } from '../../../shared/contract/failure.ts'

/** Where the browser host listens: a port of this machine (0 takes a free one), or a Unix socket. */
export type Address =
  | { readonly kind: 'port'; readonly host: '127.0.0.1' | '::1'; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }

/**
 * The loopback address that a person named.
 * @throws `address-refused` for every other
 */
export function loopbackHost(name: string): '127.0.0.1' | '::1' {
  if (name === 'localhost' || name === '127.0.0.1') return '127.0.0.1'
  if (name === '::1' || name === '[::1]') return '::1'
  return fail('address-refused', { address: name })
}

/**
 * An origin under which a browser reaches the host through a tunnel: `http://localhost:9999`.
 * @throws `option-invalid` unless it is exactly that: scheme, name and port
 */
export function publicOrigin(text: string): string {
  const url = URL.parse(text)
  const plain = url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && `${url.origin}/` === url.href
  if (!plain || text.includes('*') || url.hostname.endsWith('.'))
    return fail('option-invalid', {
      option: '--public-origin',
      reason: 'it must be scheme, name and port and nothing more, such as http://localhost:9999',
    })
  return url.origin
}

/** Own origins of a port: by number and by name. */
export function originsOfPort(port: number): readonly string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => new URL(`http://${host}:${port}`).origin)
}

/** Whether the address is one of this machine's own. */
export function isLoopback(address: string): boolean {
  return (isIPv4(address) && address.startsWith('127.')) || (isIPv6(address) && address === '::1')
}
