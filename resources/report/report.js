// @ts-check
'use strict'

/**
 * The page's numbers, written by src/main/export/report/report-data.ts.
 * @typedef {{ kind: 'patch' | 'token' | 'word' | 'chunk', row: number | null, column: number | null, label: string, members: number[] }} Input
 * @typedef {{ segment: string, index: number, text: string, logprob: number, position: number, candidates: { label: string, logprob: number }[] }} Target
 * @typedef {{ grid: { rows: number, columns: number } | null, inputs: Input[], targets: Target[], relevance: string, chosen: number[],
 *   scale: 'answer' | 'token' | 'absolute', maxima: { image: number, text: number, absolute: number }, clear: number,
 *   colours: Record<'light' | 'dark', { ground: string, text: string }[]> }} Report
 */

/** @type {Report} */
const report = JSON.parse(byId('report').textContent ?? '')
const { grid, inputs, targets, maxima } = report
const relevance = floats(report.relevance)
const dark = matchMedia('(prefers-color-scheme: dark)')
const cells = [...document.querySelectorAll('[data-cell]')]
const chips = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-position]')])
const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('button[data-target]')])
const whole = targets.flatMap(({ segment }, column) => (segment === 'completion' ? [column] : []))
const inWords = new Set(inputs.flatMap(({ kind, members }) => (kind === 'word' ? members : [])))

/** What is shown: columns of the matrix, the scale, the cell with the numbers, the order of the table. */
const view = { chosen: report.chosen, scale: report.scale, cell: -1, byStrength: false }

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no ${id}`)
  return found
}

/** Little-endian float32 numbers. @param {string} base64 */
function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const numbers = new DataView(bytes.buffer)
  return Float32Array.from({ length: bytes.length / 4 }, (_, place) => numbers.getFloat32(place * 4, true))
}

/** Mean relevance of an input over what is chosen, in nats. @param {number} input */
function natsOf(input) {
  const sum = view.chosen.reduce((all, column) => all + (relevance[input * targets.length + column] ?? 0), 0)
  return sum / Math.max(1, view.chosen.length)
}

/** Inputs that stand before the first chosen token. */
function before() {
  const first = Math.min(...view.chosen.map((column) => targets[column]?.position ?? Infinity))
  return inputs.flatMap((input, index) =>
    input.members.every((member) => member < first) ? [{ ...input, nats: natsOf(index) }] : [],
  )
}

/** Relevance of full colour, in nats. @param {'image' | 'text'} part @param {number[]} shown */
function fullColour(part, shown) {
  if (view.scale === 'absolute') return maxima.absolute
  return view.scale === 'answer' ? maxima[part] : shown.reduce((most, nats) => Math.max(most, Math.abs(nats)), 0)
}

/** @param {number} nats @param {number} maximum */
function colour(nats, maximum) {
  const ramp = report.colours[dark.matches ? 'dark' : 'light']
  const share = maximum > 0 ? Math.max(-1, Math.min(1, nats / maximum)) : 0
  return ramp[Math.round(((share + 1) / 2) * (ramp.length - 1))] ?? { ground: 'none', text: '' }
}

/** @param {number} nats */
function formatNats(nats) {
  const size = Math.abs(nats).toFixed(2)
  return Number(size) === 0 ? '0.00' : `${nats < 0 ? '−' : '+'}${size}`
}

/** @param {number} nats */
function likelihood(nats) {
  const times = Math.exp(Math.abs(nats))
  if (times < 1.05) return 'as likely without it'
  const written = times >= 1000 ? 'over 1000' : times >= 10 ? times.toFixed(0) : times.toFixed(1)
  return `${written}× ${nats > 0 ? 'less' : 'more'} likely without it`
}

/** @param {number} probability */
function formatProbability(probability) {
  if (probability < 0.0001) return '<0.0001'
  return probability >= 0.1 ? probability.toFixed(2) : String(Number(probability.toPrecision(2)))
}

/** An element with a class and a text or children. @param {string} name @param {string} className @param {(string | Node)[]} content */
function make(name, className, ...content) {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...content)
  return made
}

/** A label by itself: whatever direction it is written in, it does not turn what stands beside it. @param {string} text @param {string} className */
function isolated(text, className = '') {
  const made = make('bdi', className, text)
  made.title = text
  return made
}

function subjectText() {
  const said = view.chosen.map((column, place) => {
    const before = view.chosen[place - 1]
    return `${before === undefined || before + 1 === column ? '' : '…'}${targets[column]?.text ?? ''}`
  })
  return said.join('').trim() || '␣'
}

function draw() {
  const shown = before()
  const patches = shown.filter(({ kind }) => kind === 'patch')
  const words = shown
    .filter(({ kind, members }) => kind === 'word' || (kind === 'token' && !members.some((member) => inWords.has(member))))
    .sort((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0))
  drawSubject()
  drawMap(patches)
  drawChips(shown.filter(({ kind }) => kind === 'token'))
  drawBars('words', words)
  const passages = shown.filter(({ kind }) => kind === 'chunk')
  drawBars('passages', passages)
  byId('passages-section').hidden = passages.length === 0
  drawCandidates()
  drawTable(shown)
  drawTip()
}

function drawSubject() {
  const [only, ...others] = view.chosen
  const target = targets[only ?? -1]
  const single = target !== undefined && others.length === 0
  byId('subject').replaceChildren(isolated(subjectText()))
  byId('probability').textContent = single
    ? `p ${formatProbability(Math.exp(target.logprob))} · ${formatNats(target.logprob)} nats`
    : `mean of ${view.chosen.length} tokens`
}

/** @param {{ row: number | null, column: number | null, nats: number }[]} patches */
function drawMap(patches) {
  const numbers = patches.map(({ nats }) => nats)
  const maximum =
    grid === null
      ? fullColour(
          'text',
          before()
            .filter(({ kind }) => kind === 'token')
            .map(({ nats }) => nats),
        )
      : fullColour('image', numbers)
  for (const { row, column, nats } of patches) {
    cells[(row ?? 0) * (grid?.columns ?? 0) + (column ?? 0)]?.setAttribute('fill', colour(nats, maximum).ground)
  }
  const ramp = report.colours[dark.matches ? 'dark' : 'light']
  byId('bar').style.backgroundImage = `linear-gradient(90deg, ${ramp.map(({ ground }) => ground).join(', ')})`
  byId('low').textContent = formatNats(-maximum)
  byId('high').textContent = `${formatNats(maximum)} nats`
  const strongest = patches.reduce((best, patch) => (Math.abs(patch.nats) > Math.abs(best?.nats ?? 0) ? patch : best), patches[0])
  byId('strongest').textContent =
    strongest === undefined
      ? ''
      : Math.abs(strongest.nats) < report.clear
        ? 'no clear relevance'
        : `${formatNats(strongest.nats)} nats at row ${strongest.row ?? 0}, column ${strongest.column ?? 0}: ${likelihood(strongest.nats)}`
}

/** A line under a token of a picture's text; the ground of a document's. @param {HTMLElement} chip @param {number | undefined} nats @param {number} maximum */
function paint(chip, nats, maximum) {
  const { ground, text } = nats === undefined ? { ground: '', text: '' } : colour(nats, maximum)
  const clear = nats !== undefined && Math.abs(nats) > maximum / (grid === null ? 20 : 50)
  chip.style.borderBottomColor = clear && grid !== null ? ground : ''
  chip.style.backgroundColor = clear && grid === null ? ground : ''
  chip.style.color = clear && grid === null ? text : ''
}

/** @param {{ members: number[], nats: number }[]} tokens */
function drawChips(tokens) {
  const maximum = fullColour(
    'text',
    tokens.map(({ nats }) => nats),
  )
  const nats = new Map(tokens.map((token) => [token.members[0], token.nats]))
  for (const chip of chips) {
    const value = nats.get(Number(chip.dataset['position']))
    paint(chip, value, maximum)
    chip.title = value === undefined ? '' : `${formatNats(value)} nats, ${likelihood(value)}`
  }
  const all = view.chosen.length === whole.length && whole.every((column) => view.chosen.includes(column))
  for (const button of buttons) {
    const pressed = !all && view.chosen.includes(Number(button.dataset['target']))
    button.setAttribute('aria-pressed', String(pressed))
    if (pressed) paint(button, undefined, maximum)
  }
  byId('whole').hidden = all
}

/** @param {string} label @param {number} from @param {number} width in shares of the track @param {string} look @param {string} number */
function bar(label, from, width, look, number) {
  const line = make('i', look)
  line.style.insetInlineStart = `${100 * from}%`
  line.style.width = `${100 * width}%`
  return make(
    'li',
    '',
    isolated(label, 'label'),
    make('span', look === '' ? 'track' : 'track signed', line),
    make('span', 'number', number),
  )
}

/** The strongest first. @param {string} list @param {{ label: string, nats: number }[]} parts */
function drawBars(list, parts) {
  const clear = parts.filter(({ nats }) => Math.abs(nats) >= report.clear)
  const strongest = clear.sort((one, other) => Math.abs(other.nats) - Math.abs(one.nats)).slice(0, 12)
  const most = Math.abs(strongest[0]?.nats ?? 1)
  const bars = strongest.map(({ label, nats }) => {
    const width = Math.abs(nats) / most / 2
    return bar(label, nats < 0 ? 0.5 - width : 0.5, width, nats < 0 ? 'cool' : 'warm', formatNats(nats))
  })
  byId(list).replaceChildren(...(bars.length > 0 ? bars : [make('li', 'muted', 'no clear relevance')]))
}

function drawCandidates() {
  const [only, ...others] = view.chosen
  const candidates = others.length === 0 ? (targets[only ?? -1]?.candidates ?? []) : []
  const bars = candidates.map(({ label, logprob }) => bar(label, 0, Math.exp(logprob), '', formatProbability(Math.exp(logprob))))
  byId('candidates').replaceChildren(...bars)
  byId('candidates-section').hidden = bars.length === 0
}

/** @param {{ kind: string, row: number | null, column: number | null, label: string, nats: number }[]} shown */
function drawTable(shown) {
  if (!(/** @type {HTMLDetailsElement} */ (byId('numbers')).open)) return
  const ordered = view.byStrength ? [...shown].sort((one, other) => other.nats - one.nats) : shown
  byId('order').setAttribute('aria-sort', view.byStrength ? 'descending' : 'none')
  byId('caption').replaceChildren('Relevance for ', isolated(subjectText()), ', in nats')
  byId('rows').replaceChildren(
    ...ordered.map(({ kind, row, column, label, nats }) => {
      const name = make('th', '', kind === 'patch' ? `row ${row ?? 0}, column ${column ?? 0}` : isolated(label))
      name.setAttribute('scope', 'row')
      return make('tr', '', name, make('td', '', kind), make('td', 'number', formatNats(nats)), make('td', '', likelihood(nats)))
    }),
  )
}

function drawTip() {
  if (grid === null) return
  const tip = byId('tip')
  const cursor = byId('cursor')
  const cell = cells[view.cell]
  const input = inputs.findIndex(
    ({ kind, row, column }) => kind === 'patch' && (row ?? 0) * (grid?.columns ?? 0) + (column ?? 0) === view.cell,
  )
  tip.hidden = cell === undefined || input < 0
  cursor.toggleAttribute('hidden', tip.hidden)
  if (cell === undefined || input < 0) return
  const nats = natsOf(input)
  const { row, column } = inputs[input] ?? {}
  const place = `row ${row ?? 0}, column ${column ?? 0}`
  const number = make('b', '', `${formatNats(nats)} nats`)
  tip.replaceChildren(make('span', '', place), make('span', '', number, ` · ${likelihood(nats)}`))
  byId('spoken').textContent = `${place}: ${formatNats(nats)} nats, ${likelihood(nats)}`
  for (const side of ['x', 'y', 'width', 'height']) cursor.setAttribute(side, cell.getAttribute(side) ?? '0')
  placeTip(tip, cell)
}

/** Beside the cell, within the picture. @param {HTMLElement} tip @param {Element} cell */
function placeTip(tip, cell) {
  const stage = byId('stage').getBoundingClientRect()
  const box = cell.getBoundingClientRect()
  const right = box.right - stage.left + 8
  const fits = right + tip.offsetWidth <= Math.max(stage.width, document.documentElement.clientWidth - stage.left)
  tip.style.left = `${fits ? right : Math.max(0, box.left - stage.left - tip.offsetWidth - 8)}px`
  tip.style.top = `${Math.max(0, Math.min(stage.height - tip.offsetHeight, box.top - stage.top))}px`
}

/** @param {number[]} columns none for the whole answer */
function choose(columns) {
  view.chosen =
    columns.length === 0
      ? whole.length > 0
        ? whole
        : targets.map((_, column) => column)
      : [...columns].sort((one, other) => one - other)
  draw()
}

/** @param {number} column @param {boolean} extend */
function press(column, extend) {
  const pressed = buttons
    .filter((button) => button.getAttribute('aria-pressed') === 'true')
    .map((button) => Number(button.dataset['target']))
  const [first] = pressed
  if (extend && first !== undefined) {
    const [from, to] = [Math.min(first, column), Math.max(first, column)]
    choose(Array.from({ length: to - from + 1 }, (_, step) => from + step))
  } else choose(pressed.length === 1 && first === column ? [] : [column])
}

/** @param {KeyboardEvent} event */
function stepToken(event) {
  const at = buttons.findIndex((button) => button === document.activeElement)
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key]
  const next = to === undefined || at < 0 ? undefined : buttons[to]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
  choose([Number(next.dataset['target'])])
}

/** @param {KeyboardEvent} event */
function stepCell(event) {
  if (grid === null) return
  const { rows, columns } = grid
  const at = Math.max(0, view.cell)
  const [row, column] = [Math.floor(at / columns), at % columns]
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
  const step = steps[/** @type {keyof typeof steps} */ (event.key)]
  if (step === undefined) return
  event.preventDefault()
  const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value))
  view.cell = view.cell < 0 ? 0 : clamp(row + (step[0] ?? 0), rows - 1) * columns + clamp(column + (step[1] ?? 0), columns - 1)
  drawTip()
}

/** @param {EventTarget | null} target */
function point(target) {
  const cell = target instanceof Element ? cells.indexOf(target) : -1
  if (cell === view.cell) return
  view.cell = cell
  drawTip()
}

for (const button of buttons) button.addEventListener('click', (event) => press(Number(button.dataset['target']), event.shiftKey))
byId('completion').addEventListener('keydown', stepToken)
byId('whole').addEventListener('click', () => choose([]))
byId('order-button').addEventListener('click', () => {
  view.byStrength = !view.byStrength
  draw()
})
byId('numbers').addEventListener('toggle', draw)
for (const radio of document.querySelectorAll('input[name=scale]')) {
  radio.addEventListener('change', () => {
    view.scale = /** @type {Report['scale']} */ (/** @type {HTMLInputElement} */ (radio).value)
    draw()
  })
}
const map = document.getElementById('map')
map?.addEventListener('pointermove', (event) => point(event.target))
map?.addEventListener('click', (event) => point(event.target))
map?.addEventListener('pointerleave', () => point(null))
map?.addEventListener('keydown', stepCell)
map?.addEventListener('blur', () => point(null))
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  view.cell = -1
  choose([])
})
dark.addEventListener('change', draw)
document.documentElement.classList.add('ready')
draw()
