import { FuseV1Options } from '@electron/fuses'
import type { Configuration } from 'electron-builder'

type Fuses = Required<Omit<NonNullable<Configuration['electronFuses']>, 'resetAdHocDarwinSignature'>>

/**
 * Switches burnt into the packaged program; every one that electron-builder knows is decided here, a new one does not compile until it is.
 * WebAssembly's trap handlers, which it does not know yet, stay as Electron ships them: on.
 */
export const fuses: Fuses = {
  /** The program is no Node: engines run in utility processes. */
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  /** On macOS and Windows; Linux has no such check. */
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Pages come by the app's own scheme; `file:` needs no rights. */
  grantFileProtocolExtraPrivileges: false,
}

/** Place of each fuse in the program's wire. */
export const fusePlaces: Readonly<Record<keyof Fuses, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
}
