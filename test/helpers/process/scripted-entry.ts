import { runEngineProcess } from '../../../src/main/process/child-main.ts'
import { openScriptedEngine } from './scripted-engine.ts'

runEngineProcess(openScriptedEngine)
