import { basename, dirname, join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { AddedPicture } from '../../../shared/contract/library.ts'
import type { RequestOf, ResponseOf } from '../../../shared/contract/types.ts'
import { pictureFormats } from '../../../shared/explanation/record.ts'
import type { HandlerContext, NativeHandlers } from '../../app/handlers.ts'

/** What the desktop's own methods need from behind the router. */
export interface NativeNeeds {
  /** The window a dialog belongs to. */
  readonly window: () => BrowserWindow
  /** Reads a picture from the disk and adds it as if it had been dropped. */
  readonly addFile: (path: string, context: HandlerContext) => Promise<AddedPicture>
  /** Makes a file to be saved. */
  readonly makeExport: (request: RequestOf<'export.make'>, context: HandlerContext) => Promise<ResponseOf<'export.make'>>
  /** Writes a file whole or not at all. */
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<void>
}

const pictureEndings = [...pictureFormats, 'jpg', 'tif']

/** Answers what only a desktop can: choosing a picture, and saying where an export goes. The page never learns a path. */
export function nativeMethods({ window, addFile, makeExport, writeFile }: NativeNeeds): NativeHandlers {
  let exports: string | null = null
  return {
    'picture.choose': async (_request, context) => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Open Picture',
        filters: [{ name: 'Pictures', extensions: pictureEndings }],
        properties: ['openFile'],
      })
      const path = filePaths[0]
      return path === undefined ? null : addFile(path, context)
    },
    'export.save': async (request, context) => {
      const { name, bytes } = await makeExport(request, context)
      const { filePath } = await dialog.showSaveDialog(window(), {
        title: 'Export',
        defaultPath: join(exports ?? app.getPath('documents'), name),
      })
      if (filePath === '') return null
      exports = dirname(filePath)
      await writeFile(filePath, bytes)
      return { name: basename(filePath) }
    },
  }
}
