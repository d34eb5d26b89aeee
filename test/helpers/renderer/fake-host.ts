import type { WhenceHost } from '../../../src/renderer/host/host.ts'
import { defaultSettings } from '../../../src/shared/contract/default-settings.ts'
import { Refused } from '../../../src/shared/contract/answer.ts'
import type { AddedPicture, HistoryEntry, Settings } from '../../../src/shared/contract/library.ts'
import type { Explanation } from '../../../src/shared/explanation/record.ts'
import { position } from '../../../src/shared/values/brand.ts'
import { element } from '../../../src/shared/values/element.ts'
import type { CallName, EventOf, RequestOf, ResponseOf, StreamName } from '../../../src/shared/contract/types.ts'
import type { RecordedAnswer, Recording } from './recorded-answers.ts'

/** How a fake host behaves. */
export interface FakeOptions {
  readonly recording: Recording
  /** Bytes of a sample picture by its name, a PNG. */
  readonly picture: (name: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Milliseconds between two events of a stream. */
  readonly pace: number
  /** How many entries the history has. */
  readonly entries: number
  readonly settings: Partial<Settings>
}

/** A host with recorded answers instead of an engine. */
export interface FakeHost extends WhenceHost {
  /** Names of the methods that were asked, in order. */
  readonly asked: string[]
  /** Settings as they were last told. */
  settings(): Settings
}

const notes: Readonly<Record<string, string>> = { cats: 'three cats and a dog', harbour: 'it takes the anchor for a dress' }

type Handlers = { readonly [Name in CallName]: (request: RequestOf<Name>) => Promise<ResponseOf<Name>> | ResponseOf<Name> }

/** A joint pass that nothing was run for: the sum of the members' own rows, so that no test takes it for their mean. */
function madeUpPass({ inputs, parameters, relevance }: Explanation, positions: readonly number[]): ResponseOf<'part.suppress'> {
  const members = [...new Set(positions)].sort((one, other) => one - other).map(position)
  const rows = inputs.filter((input) => input.members.length === 1 && members.some((member) => input.members.includes(member)))
  const summed = (values: Float32Array): Float32Array<ArrayBuffer> => {
    const width = values.length / relevance.inputs
    return Float32Array.from({ length: width }, (_, place) =>
      rows.reduce((sum, { index }) => sum + element(values, index * width + place), 0),
    )
  }
  const { values, candidates } = relevance
  const neighbours = parameters.suppression.threshold !== null
  return { members, neighbours, relevance: summed(values), candidates: summed(candidates) }
}

/** Opens a host that knows the recorded sample pictures only. */
export function openFakeHost(options: FakeOptions): FakeHost {
  const { recording, pace } = options
  const asked: string[] = []
  let settings: Settings = { ...defaultSettings, ...options.settings }
  let entries = Array.from({ length: options.entries }, (_, place) => entryOf(recording.answers, place))
  let deleted: HistoryEntry[] = []
  const answerOf = (id: string): RecordedAnswer => answerAt(recording, Number.parseInt(id.slice(0, 8), 16))
  const byHash = (sha256: string | null): RecordedAnswer =>
    recording.answers.find(({ explanation }) => explanation.picture?.sha256 === sha256) ?? answerAt(recording, 0)
  const edit = (id: string, part: Partial<HistoryEntry>): HistoryEntry => {
    entries = entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry))
    return entries.find((entry) => entry.id === id) ?? refuse('There is no such entry.')
  }
  const raster = async (sha256: string) => ({ mime: 'image/png' as const, bytes: await options.picture(byHash(sha256).name) })

  const calls: Handlers = {
    'app.state': () => ({
      version: '0.1.0',
      host: 'browser',
      model: recording.info,
      provider: recording.provider,
      notices: [],
      opened: null,
      sample: idOf(0),
    }),
    'app.licences': () => [
      { name: 'react', version: '19.3.1', licence: 'MIT', text: 'MIT License\n\nPermission is hereby granted, free of charge…' },
      { name: 'Twemoji', version: '16', licence: 'CC-BY-4.0', text: 'Artwork © Twitter, Inc and other contributors.' },
    ],
    'models.list': () => [{ id: 'one', name: recording.info.name, knows: recording.info.knows, problem: null }],
    'models.use': () => ({ model: recording.info, provider: recording.provider }),
    'picture.add': ({ name }) => addedOf(recording, name.replace(/\.\w+$/, '')),
    'picture.choose': () => null,
    'picture.display': ({ sha256 }) => raster(sha256),
    'picture.thumbnail': ({ sha256 }) => raster(sha256),
    'picture.seen': ({ sha256 }) => raster(sha256),
    'samples.list': () => recording.answers.map(({ name }) => ({ name, note: notes[name] ?? '' })),
    'samples.open': ({ name }) => addedOf(recording, name),
    'similarity.get': ({ id }) => answerOf(id).similarity ?? refuse('No cosines were recorded for this picture.'),
    'part.suppress': ({ id, positions }) => madeUpPass(answerOf(id).explanation, positions),
    'history.list': ({ search, offset, limit }) => {
      const found = entries.filter((entry) => `${entry.completion} ${entry.prompt} ${entry.note}`.includes(search))
      const sorted = found.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.createdAt - a.createdAt)
      return { total: sorted.length, entries: sorted.slice(offset, offset + limit) }
    },
    'history.open': ({ id }) => ({
      entry: entries.find((entry) => entry.id === id) ?? entryOf(recording.answers, Number.parseInt(id.slice(0, 8), 16)),
      explanation: structuredClone(answerOf(id).explanation),
    }),
    'history.pin': ({ id, pinned }) => edit(id, { pinned }),
    'history.note': ({ id, note }) => edit(id, { note }),
    'history.delete': ({ ids }) => {
      deleted = entries.filter(({ id }) => ids.includes(id))
      entries = entries.filter(({ id }) => !ids.includes(id))
      return {}
    },
    'history.restore': ({ ids }) => {
      const back = deleted.filter(({ id }) => ids.includes(id))
      entries = [...entries, ...back]
      return back
    },
    'settings.get': () => settings,
    'settings.set': (part) => (settings = { ...settings, ...(part as Partial<Settings>) }),
    'export.make': ({ format }) => ({ name: `whence.${format}`, mime: 'application/octet-stream', bytes: new Uint8Array(8) }),
    'export.save': ({ format }) => ({ name: `whence.${format}` }),
  }

  async function* explain(request: RequestOf<'explain.start'>, signal: AbortSignal): AsyncGenerator<EventOf<'explain.start'>> {
    const answer = request.picture === null ? answerAt(recording, 0) : byHash(request.picture)
    for (const event of answer.events) {
      await waiting(pace, signal)
      yield event
    }
    yield { kind: 'saved', entry: idOf(recording.answers.indexOf(answer)) }
  }

  async function* generate(request: RequestOf<'generate.start'>, signal: AbortSignal): AsyncGenerator<EventOf<'generate.start'>> {
    const steered = request.steering.length > 0
    const { completion } = byHash(request.picture).explanation
    // A steered completion says something else: here, the tokens without the second one.
    const written = completion.tokens.filter((_, place) => !steered || place !== 1)
    for (const token of written) {
      await waiting(pace, signal)
      yield { kind: 'token', token: { ...token, candidates: [...token.candidates] } }
    }
    const tokens = written.map((token) => ({ ...token, candidates: [...token.candidates] }))
    yield { kind: 'completion', text: written.map(({ text }) => text).join(''), tokens, stopped: 'stop-token' }
  }

  async function* prepare(_: RequestOf<'picture.prepare'>, signal: AbortSignal): AsyncGenerator<EventOf<'picture.prepare'>> {
    await waiting(pace, signal)
    yield { kind: 'bank-progress', progress: { done: 144, total: 144 } }
  }

  const streams = { 'explain.start': explain, 'generate.start': generate, 'picture.prepare': prepare }
  const host: FakeHost = {
    kind: 'browser',
    capabilities: { native: false },
    asked,
    settings: () => settings,
    call: async (name, request) => {
      asked.push(name)
      const handler = calls[name] as (given: typeof request) => Promise<ResponseOf<typeof name>>
      return handler(request)
    },
    stream: <Name extends StreamName>(name: Name, request: RequestOf<Name>, signal: AbortSignal) => {
      asked.push(name)
      const events = streams[name] as (
        given: typeof request,
        until: AbortSignal,
      ) => AsyncGenerator<EventOf<Name>, void, undefined>
      return events(request, signal)
    },
    addPicture: async (file) => addedOf(recording, file.name.replace(/\.\w+$/, '')),
    onNews: () => {},
  }
  return host
}

/** Name of the n-th entry. */
export function idOf(place: number): string {
  return `${place.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
}

function answerAt({ answers }: Recording, place: number): RecordedAnswer {
  const answer = answers[place % answers.length]
  if (answer === undefined) throw new Error('the recording is empty')
  return answer
}

function entryOf(answers: readonly RecordedAnswer[], place: number): HistoryEntry {
  const { name, explanation } = answerAt({ answers } as Recording, place)
  const { prompt, completion, picture, model, parameters } = explanation
  return {
    id: idOf(place),
    createdAt: Date.now() - place * 47 * 60_000,
    pinned: place < 2,
    note: '',
    pictureName: `${name}.png`,
    picture: picture?.sha256 ?? null,
    model: model.name,
    prompt: prompt.text,
    completion: completion.text,
    target: null,
    sampling: { ...parameters.sampling },
    suppression: { ...parameters.suppression, layers: null },
    targets: parameters.targets,
    chunks: null,
    cached: true,
  }
}

function addedOf({ answers }: Recording, name: string): AddedPicture {
  const picture = answers.find((answer) => answer.name === name)?.explanation.picture
  if (!picture) return refuse(`"${name}" is no picture that was recorded.`)
  return { sha256: picture.sha256, name: `${name}.png`, width: picture.width, height: picture.height, notes: [] }
}

function refuse(message: string): never {
  throw new Refused({ code: 'picture-unreadable', message })
}

function waiting(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelled = (): void => reject(new Refused({ code: 'cancelled', message: 'Cancelled.' }))
    if (signal.aborted) cancelled()
    else if (milliseconds === 0) resolve()
    else setTimeout(() => (signal.aborted ? cancelled() : resolve()), milliseconds)
  })
}
