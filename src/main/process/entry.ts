import { openEngine } from '../engine/local-engine.ts'
import { runEngineProcess } from './child-main.ts'

runEngineProcess(openEngine)
