import { openEngine } from '../engine/local-engine.ts'
import { runUtilityEngine } from './utility-main.ts'

runUtilityEngine(openEngine)
