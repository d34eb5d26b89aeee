/** `node scripts/pack/draw-icons.ts`: draws every file of the icon again from `resources/icons/icon.svg`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { iconFiles } from './icon-files.ts'

const folder = join(import.meta.dirname, '..', '..', 'resources', 'icons')

for (const { path, bytes } of iconFiles(readFileSync(join(folder, 'icon.svg'), 'utf8'))) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), bytes)
}
