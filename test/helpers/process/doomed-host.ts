import { collect, generation, introduction, never, scriptedProcess } from './requests.ts'

/** A host that tells its parent the process id of its engine, busy for some passes more, and is then killed. */
const engine = scriptedProcess()
const { pid } = await introduction(engine)
const passes = Array.from({ length: 1000 }, () => ({ do: 'block', ms: 300 }) as const)
const work = collect(engine.generate(generation({ do: 'token', text: 'x' }, ...passes), never()))
process.send?.(pid)
await work
