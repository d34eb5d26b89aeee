import { runEngineProcess } from '../../../src/main/engine/process/child/child-main.ts'
import { openScriptedEngine } from './scripted-engine.ts'

runEngineProcess(openScriptedEngine)
