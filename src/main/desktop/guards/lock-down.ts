import { app, session, type Session } from 'electron'
import { registerAppScheme } from '../page/app-scheme.ts'
import { guardNavigation } from './navigation.ts'
import { cutNetwork, cutSession } from './network.ts'
import { limitPermissions } from './permissions.ts'

/** Everything that must be decided before Electron is ready: sandbox, scheme, network, and guards on whatever is created later. */
export function lockDown(): void {
  app.enableSandbox()
  registerAppScheme()
  cutNetwork()
  app.on('session-created', guardSession)
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents))
}

/** Guards the session of the windows, which may have been there before the first listener. After the app is ready. */
export function guardDefaultSession(): void {
  guardSession(session.defaultSession)
}

const guarded = new WeakSet<Session>()

function guardSession(session: Session): void {
  if (guarded.has(session)) return
  guarded.add(session)
  limitPermissions(session)
  cutSession(session)
}
