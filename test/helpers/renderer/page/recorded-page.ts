/** The renderer on recorded answers, for looking at and for measuring without an engine: `?pace=40&entries=1000&theme=dark`. */
import '@fontsource-variable/inter/opsz.css'
import '../../../../src/renderer/styles/all.css'
import { mount } from '../../../../src/renderer/app/mount.tsx'
import { openFakeHost } from '../fake-host.ts'
import { readRecording } from '../recorded-answers.ts'

const asked = new URLSearchParams(location.search)
const bytesOf = async (address: string) => new Uint8Array(await (await fetch(address)).arrayBuffer())
const theme = asked.get('theme') === 'dark' ? 'dark' : asked.get('theme') === 'light' ? 'light' : 'system'

const packed = new Blob([await bytesOf('./answers.bin')])
const root = document.getElementById('root')
if (root !== null) {
  mount(
    root,
    openFakeHost({
      recording: readRecording(await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).text()),
      picture: (name) => bytesOf(`./${name}.png`),
      pace: Number(asked.get('pace') ?? 30),
      entries: Number(asked.get('entries') ?? 12),
      settings: { theme },
    }),
  )
}
