/** Loaded into a stand-in's utility process before its program: gives it `process.parentPort`, as Electron does. */
import { EventEmitter } from 'node:events'

const port = Object.assign(new EventEmitter(), {
  postMessage: (message: object) => void process.send?.(message, undefined, {}, () => {}),
})
process.on('message', (data) => port.emit('message', { data, ports: [] }))
process.once('disconnect', () => process.exit())
Object.defineProperty(process, 'parentPort', { value: port })
