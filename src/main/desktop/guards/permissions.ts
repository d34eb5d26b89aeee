import type { Session } from 'electron'
import { isAppAddress } from '../page/app-address.ts'

/** All that a page may do beyond showing itself: put what the person copies on the clipboard. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Whether a page may have a permission; a name Electron adds one day is refused like the others. */
function mayHave(permission: string, address: string): boolean {
  return granted.has(permission) && isAppAddress(address)
}

/** Electron grants everything by default: asks and checks are answered by {@link mayHave}, devices and screens are refused. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayHave(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
}
