import { fc } from '@fast-check/vitest'

/** On CI properties are tried on the same examples in every run, so that a change is judged by itself; elsewhere each run finds new ones. */
if (process.env['CI'] === 'true') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_123 })
