import { generation, never, scriptedProcess } from './requests.ts'

/** A host that tells its parent the process id of its engine, busy for five minutes of passes to come, and is then killed. */
const engine = scriptedProcess()
const passes = Array.from({ length: 1000 }, () => ({ do: 'block', ms: 300 }) as const)
for await (const event of engine.generate(generation({ do: 'token', text: 'x' }, ...passes), never())) {
  if (event.kind === 'token') process.send?.(engine.pid)
}
