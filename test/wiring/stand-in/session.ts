import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { onlyBeforeReady, onlyWhenReady, record, recorded } from './records.ts'
import { strict } from './strict.ts'

type SessionMembers = Pick<
  Electron.Session,
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setProxy'
  | 'setSpellCheckerEnabled'
>

/** Answers requests of a scheme, as given to `protocol.handle`. */
export type SchemeHandler = (request: Request) => Promise<Response>

/** What was set on a session; the tests call it as Electron would. */
export class SessionStandIn extends EventEmitter implements SessionMembers {
  readonly handlers = new Map<string, SchemeHandler>()
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  devicePermission: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null
  beforeRequest: ((details: { url: string }, answer: (response: Electron.CallbackResponse) => void) => void) | null = null

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: SchemeHandler) => {
      if (this.handlers.has(scheme)) throw new Error(`protocol.handle twice for ${scheme}`)
      this.handlers.set(scheme, handler)
    },
  })

  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (listener: NonNullable<typeof this.beforeRequest>) => {
      // Electron keeps the last one only; two would mean that one of them never runs.
      if (this.beforeRequest !== null) throw new Error('webRequest.onBeforeRequest twice')
      this.beforeRequest = listener
    },
  })

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: typeof this.devicePermission): void {
    this.devicePermission = handler
  }

  setDisplayMediaRequestHandler(handler: typeof this.displayMedia): void {
    this.displayMedia = handler
  }

  setSpellCheckerEnabled(enable: boolean): void {
    record('session.setSpellCheckerEnabled', enable)
  }

  async setProxy(config: Electron.ProxyConfig): Promise<void> {
    record('session.setProxy', config)
  }
}

/** The session of the windows, as set up so far. */
export const defaultSession = new SessionStandIn()

/** `session` of Electron. */
export const session = strict('session', {
  get defaultSession() {
    onlyWhenReady('session.defaultSession')
    return defaultSession
  },
})

/** `protocol` of Electron. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged')
    if (recorded('protocol.registerSchemesAsPrivileged').length > 0) throw new Error('protocol.registerSchemesAsPrivileged twice')
    record('protocol.registerSchemesAsPrivileged', schemes)
  },
})
