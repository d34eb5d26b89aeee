import { openEngine } from '../../local-engine.ts'
import { runUtilityEngine } from './utility-main.ts'

runUtilityEngine(openEngine)
