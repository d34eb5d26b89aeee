import { protocol, session } from 'electron'
import { appScheme } from './app-origin.ts'
import { appFiles } from './app-files.ts'

/** Gives the app's scheme the rights of a secure page, and no way around the content policy. Before the app is ready, and once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves the built renderer under the app's scheme. @param folder the built renderer */
export function serveAppFiles(folder: string): void {
  session.defaultSession.protocol.handle(appScheme, appFiles(folder))
}
