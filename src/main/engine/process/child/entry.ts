import { openEngine } from '../../local-engine.ts'
import { runEngineProcess } from './child-main.ts'

runEngineProcess(openEngine)
