import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licence of something inside. */
export interface Licence {
  readonly name: string
  readonly version: string
  /** SPDX expression. */
  readonly licence: string
  readonly text: string
}

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
}

/** Development dependencies that end up in the program: the page is bundled from them, and Electron carries it. */
const bundled = [
  'react',
  'react-dom',
  'scheduler',
  'react-konva',
  'react-reconciler',
  'its-fine',
  'konva',
  'zustand',
  '@fontsource-variable/inter',
  'electron',
].map((name) => `node_modules/${name}`)

/** Packages that come without their licence's text, and whose it is. */
const holders: Readonly<Record<string, string>> = {
  'onnx-buf': 'Eric Zhang',
  'onnxruntime-common': 'Microsoft Corporation',
  'onnxruntime-node': 'Microsoft Corporation',
}

/**
 * Licences of everything inside Whence: itself, model and artwork, typeface, the packages it runs on. The same on every system: packages for one system only are
 * covered by the package that asks for them, or listed under one name.
 * @param root folder of package.json, installed by `npm ci`
 */
export function collectLicences(root: string): Licence[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockedPackage> }
  const packages = Object.entries(lock.packages)
  const inside = packages
    .filter(([place, entry]) => isInside(place, entry))
    .map(([place, entry]) => licenceOf(root, place, entry))
  const unique = new Map(inside.map((licence) => [`${licence.name}@${licence.version}`, licence]))
  const listed = [...unique.values()].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
  return [...own(root), ...listed, libvips(packages), sqlite]
}

function isInside(place: string, { dev, devOptional, optional, os, cpu }: LockedPackage): boolean {
  if (bundled.includes(place)) return true
  const forOneSystem = optional === true && (os !== undefined || cpu !== undefined || place.includes('wasm32'))
  return place !== '' && dev !== true && devOptional !== true && !forOneSystem
}

function licenceOf(root: string, place: string, { version = '', license = '' }: LockedPackage): Licence {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const licence = license.replace(/^\((.*)\)$/, '$1')
  return { name, version, licence, text: textIn(join(root, place)) ?? standardText(root, name, licence) }
}

function textIn(folder: string): string | null {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  const texts = files.sort().map((file) => tidy(readFileSync(join(folder, file), 'utf8')))
  return texts.length === 0 ? null : texts.join('\n')
}

function standardText(root: string, name: string, licence: string): string {
  const holder = holders[name]
  if (licence === 'MIT' && holder !== undefined) return mit(holder)
  if (name === '@bufbuild/protobuf') {
    return `${tidy(readFileSync(join(root, 'LICENSE'), 'utf8'))}\nCopyright Buf Technologies, Inc. Parts, from Protocol Buffers:\n\n${bsd('Google Inc.')}`
  }
  throw new Error(`${name} comes without the text of its licence (${licence}): add it to scripts/collect-licences.ts`)
}

function own(root: string): Licence[] {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const read = (...path: string[]): string => tidy(readFileSync(join(root, ...path), 'utf8'))
  return [
    { name: 'Whence, with its model and its sample pictures', version, licence: 'Apache-2.0', text: read('LICENSE') },
    {
      name: 'Artwork in the model and in the sample pictures',
      version: '',
      licence: 'CC-BY-4.0 AND Apache-2.0 AND MIT',
      text: read('NOTICE'),
    },
    { name: 'Inter (typeface)', version: '', licence: 'OFL-1.1', text: read('resources', 'fonts', 'OFL.txt') },
  ]
}

function libvips(packages: readonly (readonly [string, LockedPackage])[]): Licence {
  const [, { version = '', license = '' }] = packages.find(([place]) => place.includes('sharp-libvips-')) ?? ['', {}]
  const text = [
    'Pictures are read by libvips and the libraries it is built with, as shared libraries that can be replaced. They are used under the terms of the GNU Lesser',
    'General Public License, version 3 or later, and of the licences listed with each; source, build scripts and the full list:',
    'https://github.com/lovell/sharp-libvips (THIRD-PARTY-NOTICES.md), https://www.gnu.org/licenses/lgpl-3.0.html',
  ].join('\n')
  return { name: 'libvips, prebuilt for sharp', version, licence: license, text: `${text}\n` }
}

const sqlite: Licence = {
  name: 'SQLite, inside better-sqlite3',
  version: '',
  licence: 'blessing',
  text: 'The authors of SQLite have placed it in the public domain.\n\nMay you do good and not evil.\nMay you find forgiveness for yourself and forgive others.\nMay you share freely, never taking more than you give.\n',
}

function mit(holder: string): string {
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
}

function bsd(holder: string): string {
  return `Copyright ${holder} All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
* Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with the distribution.
* Neither the name of ${holder} nor the names of its contributors may be used to endorse or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`
}

function tidy(text: string): string {
  return `${text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim()}\n`
}

/** `node scripts/collect-licences.ts`: writes resources/licences.json. */
if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  writeFileSync(join(root, 'resources', 'licences.json'), `${JSON.stringify(collectLicences(root), null, 2)}\n`)
}
