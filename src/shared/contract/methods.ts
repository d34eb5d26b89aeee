import { z } from 'zod'
import { explainEvent, generateEvent, prepareEvent } from './events.ts'
import {
  addedPicture,
  exportRequest,
  exportedFile,
  historyEntry,
  historyQuery,
  openedEntry,
  settings,
  shownPicture,
} from './library.ts'
import { hostKinds } from './host-kind.ts'
import { jointPass } from '../explanation/joint-pass.ts'
import type { Methods } from './method.ts'
import { call, nativeCall, stream } from './method.ts'
import { modelInfo } from '../explanation/model/model-info.ts'
import { chunkings, providers, sampling, suppression, targetSelections } from '../explanation/parameters.ts'
import { floats, sha256 } from '../explanation/schema.ts'
import { bytes, entryId, steering, text } from './schemas.ts'

const nothing = z.strictObject({})
const entry = z.strictObject({ id: entryId })

/** What `explain.start` is asked. `fresh` computes again what the cache already knows. */
const explainRequest = z.strictObject({
  picture: sha256.nullable(),
  prompt: text,
  target: text.nullable(),
  sampling,
  suppression,
  targets: z.enum(targetSelections),
  chunks: z.enum(chunkings).nullable(),
  fresh: z.boolean(),
})

const generateRequest = z.strictObject({
  picture: sha256.nullable(),
  prompt: text,
  sampling,
  steering: z.array(steering).max(1000),
  suppression,
})

/** Everything that the windows may ask of the app, written once: both hosts, the preload and the client are made from it. */
export const methods = {
  /** What runs here: version, host, the loaded model, and whether an earlier session ended badly. Loads the model when none is loaded. */
  'app.state': call({
    request: nothing,
    response: z.strictObject({
      version: z.string(),
      host: z.enum(hostKinds),
      model: modelInfo,
      provider: z.enum(providers),
      /** Sentences to be shown once: a database set aside, a device that could not be used. */
      notices: z.array(z.string()),
      /** A picture given on the command line or dropped on the icon, to be opened first. */
      opened: addedPicture.nullable(),
      /** The history entry of the sample that a first run shows already explained. */
      sample: entryId.nullable(),
    }),
  }),
  /** Licences of everything inside. */
  'app.licences': call({
    request: nothing,
    response: z.array(z.strictObject({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })),
  }),
  /** Models in the model folders. */
  'models.list': call({
    request: nothing,
    response: z.array(
      z.strictObject({ id: z.string(), name: z.string(), knows: z.string().nullable(), problem: z.string().nullable() }),
    ),
  }),
  /** Loads another model and answers with what it is. */
  'models.use': call({
    request: z.strictObject({ id: z.string() }),
    response: z.strictObject({ model: modelInfo, provider: z.enum(providers) }),
  }),

  /** Takes a picture's bytes, checks and keeps them. The name is only for showing. */
  'picture.add': call({ request: z.strictObject({ name: z.string().max(1000), bytes }), response: addedPicture }),
  /** Lets the person choose a picture in the system's dialog; `null` when none was chosen. */
  'picture.choose': nativeCall({ request: nothing, response: addedPicture.nullable() }),
  /** The picture for showing: oriented, at most 2,000 pixels on the longer edge, without any metadata. */
  'picture.display': call({ request: z.strictObject({ sha256 }), response: shownPicture }),
  /** A small version for lists. */
  'picture.thumbnail': call({ request: z.strictObject({ sha256 }), response: shownPicture }),
  /** What the model saw: the picture as it was cut and resized for the encoder. */
  'picture.seen': call({ request: z.strictObject({ sha256 }), response: shownPicture }),
  /** Fills the image bank for a picture, so that questions about it are quick. */
  'picture.prepare': stream({ request: z.strictObject({ sha256, suppression }), event: prepareEvent }),
  /** The sample pictures that come with the app. */
  'samples.list': call({ request: nothing, response: z.array(z.strictObject({ name: z.string(), note: z.string() })) }),
  /** Takes a sample picture as if it had been dropped. */
  'samples.open': call({ request: z.strictObject({ name: z.string() }), response: addedPicture }),

  /** Completes the prompt, plainly or steered. */
  'generate.start': stream({ request: generateRequest, event: generateEvent }),
  /** Explains one completion; answers with a stream of events, cancelled when its reader goes away. */
  'explain.start': stream({ request: explainRequest, event: explainEvent }),
  /** Cosines of all positions of an entry's sequence with each other, `[length, length]`: for the neighbourhood inspector. */
  'similarity.get': call({ request: entry, response: z.strictObject({ length: z.int(), cosines: floats }) }),

  /**
   * Suppresses some positions of an entry in one pass, all at once: a lasso, a span, a word, a sentence. The answer's targets are those of the entry's
   * record, in its order.
   */
  'part.suppress': call({
    request: z.strictObject({ id: entryId, positions: z.array(z.int().min(0)).min(1).max(65_536) }),
    response: jointPass,
  }),

  /** Entries of the history, pinned ones first, then newest first. */
  'history.list': call({
    request: historyQuery,
    response: z.strictObject({ total: z.int(), entries: z.array(historyEntry) }),
  }),
  /** Opens an entry with its numbers, without any model pass. */
  'history.open': call({ request: entry, response: openedEntry }),
  /** Keeps an entry at the top, or no longer. */
  'history.pin': call({ request: z.strictObject({ id: entryId, pinned: z.boolean() }), response: historyEntry }),
  /** Writes a note on an entry. */
  'history.note': call({ request: z.strictObject({ id: entryId, note: z.string().max(10_000) }), response: historyEntry }),
  /** Deletes entries; they can be brought back until the app is closed. */
  'history.delete': call({ request: z.strictObject({ ids: z.array(entryId).min(1).max(1000) }), response: nothing }),
  /** Brings deleted entries back. */
  'history.restore': call({
    request: z.strictObject({ ids: z.array(entryId).min(1).max(1000) }),
    response: z.array(historyEntry),
  }),

  /** What the app remembers between starts. */
  'settings.get': call({ request: nothing, response: settings }),
  /** Changes some of it; answers with all. */
  'settings.set': call({ request: settings.partial(), response: settings }),

  /** Makes a file of one or more entries. */
  'export.make': call({ request: exportRequest, response: exportedFile }),
  /** Makes a file and lets the person say where it goes; `null` when they changed their mind. */
  'export.save': nativeCall({ request: exportRequest, response: z.strictObject({ name: z.string() }).nullable() }),
} satisfies Methods
