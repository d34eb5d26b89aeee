import { z } from 'zod'
import { themes } from '../colour/ramp.ts'
import type { Question } from '../explanation/question.ts'
import { question, scales } from '../explanation/question.ts'
import { chunkings, sampling, suppression, targetSelections } from '../explanation/parameters.ts'
import { explanation } from '../explanation/record.ts'
import { list, sha256, strict } from '../explanation/schema.ts'
import { bytes, entryId, text } from './schemas.ts'

/** One line of the history: enough to list, search and show it without its numbers. */
export const historyEntry = z.strictObject({
  id: entryId,
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  pinned: z.boolean(),
  note: z.string(),
  /** The picture's name as the person dropped it; `null` for a document. */
  pictureName: z.string().nullable(),
  picture: sha256.nullable(),
  model: z.string(),
  prompt: z.string(),
  completion: z.string(),
  /** With the rest, all that is needed to ask the same again: the text given to be explained; `null` where the model wrote. */
  target: text.nullable(),
  sampling,
  suppression,
  targets: z.enum(targetSelections),
  chunks: z.enum(chunkings).nullable(),
  /** Whether the numbers are still in the cache; otherwise they are computed again when it is opened. */
  cached: z.boolean(),
})
/** See {@link historyEntry}. */
export type HistoryEntry = z.infer<typeof historyEntry>

/** A page of the history, newest first, pinned ones apart. */
export const historyQuery = z.strictObject({
  search: z.string().max(1000),
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
})

/** A reopened entry with its numbers; `explanation` is `null` when the cache no longer has them. */
export const openedEntry = z.strictObject({ entry: historyEntry, explanation: explanation.nullable() })

/** What stands in the middle of the window. */
const viewKinds = ['map', 'matrix', 'table'] as const

/** What the app remembers between starts. */
export const settings = z.strictObject({
  theme: z.enum(['system', ...themes]),
  scale: z.enum(scales),
  opacity: z.number().min(0).max(1),
  smooth: z.boolean(),
  view: z.enum(viewKinds),
  prompt: text,
  suppression,
  sampling,
  /** Widths of the side panes in CSS pixels; 0 is collapsed. */
  panes: z.strictObject({ left: z.number().min(0).max(2000), right: z.number().min(0).max(2000) }),
  /** The entry shown last; reopened after a reload. */
  lastEntry: entryId.nullable(),
})
/** See {@link settings}. */
export type Settings = z.infer<typeof settings>

/** A picture the library keeps. */
export const addedPicture = strict({
  sha256,
  /** As the person dropped it last. */
  name: z.string(),
  /** Size in pixels, upright. */
  width: z.int(),
  height: z.int(),
  /** What was done to it when it was read. */
  notes: list(z.string()),
})
/** See {@link addedPicture}. */
export type AddedPicture = z.infer<typeof addedPicture>

/** A picture for showing: new pixels in a common format, none of the file's own bytes. */
export const shownPicture = strict({ mime: z.enum(['image/png', 'image/jpeg', 'image/webp']), bytes })
/** See {@link shownPicture}. */
export type ShownPicture = z.infer<typeof shownPicture>

/** Renderings of a picture: for showing, for lists, and as the model saw it. */
export type RasterKind = 'display' | 'thumbnail' | 'seen'

/** Kinds of file that can be exported. */
export const exportFormats = ['png', 'png2x', 'svg', 'sheet', 'html', 'json', 'csv'] as const

/** How an answer is drawn, beside what it answers. */
export const exportDisplay = strict({
  theme: z.enum(themes),
  /** Whether the map's cells run into each other. */
  smooth: z.boolean(),
  view: z.enum(viewKinds),
})
/** See {@link exportDisplay}. */
export type ExportDisplay = z.infer<typeof exportDisplay>

/** What is asked of which entries, and how the answer is drawn. Of several entries only their whole answers can be asked about: a token of one is none of another. */
export const exportRequest = strict({
  entries: z.array(entryId).min(1).max(500),
  format: z.enum(exportFormats),
  question,
  display: exportDisplay,
}).refine(({ entries, question: asked }) => entries.length === 1 || isAboutWhole(asked), {
  message: 'several entries can only be asked about their whole answers',
})

function isAboutWhole({ about, against, without }: Question): boolean {
  return about.kind === 'answer' && against.kind === 'nothing' && without === null
}
/** See {@link exportRequest}. */
export type ExportRequest = z.infer<typeof exportRequest>

/** A finished file; several entries come as one archive. */
export const exportedFile = z.strictObject({ name: z.string(), mime: z.string(), bytes })
