/** What the tests, not the app, may see of the stand-in. */
export { rmSync as remove } from 'node:fs'
export { MessageChannel } from 'node:worker_threads'
export { appIsReady } from './app.ts'
export { answers } from './desktop.ts'
export { doors, invoke, post } from './ipc.ts'
export { fileOnDisk } from './page.ts'
export { recorded } from './records.ts'
export { defaultSession, SessionStandIn } from './session.ts'
