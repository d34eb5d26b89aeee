import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFiles, type Responder } from '../../../../../src/main/desktop/page/app-files.ts'
import { contentPolicy } from '../../../../../src/shared/contract/content-policy.ts'

let folder: string
let answer: Responder

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'whence-files-')))
  const app = join(folder, 'app')
  mkdirSync(join(app, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'app-evil'))
  writeFileSync(join(app, 'index.html'), '<!doctype html>')
  writeFileSync(join(app, 'assets', 'page.js'), '0')
  writeFileSync(join(app, 'assets', 'page.css'), '')
  writeFileSync(join(app, 'assets', 'letters.woff2'), '')
  writeFileSync(join(app, 'assets', 'icon.svg'), '<svg/>')
  writeFileSync(join(app, 'assets', 'two words.txt'), '')
  writeFileSync(join(app, 'program.node'), 'secret')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'app-evil', 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(app, 'link.txt'))
  symlinkSync(join(folder, 'app-evil'), join(app, 'folder'))
  answer = appFiles(app)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A request as Electron hands it over: the address is not tidied once more. */
const request = (url: string, method = 'GET'): Pick<Request, 'url' | 'method'> => ({ url, method })

describe('appFiles', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['index.html?safe=1#part', 'text/html; charset=utf-8'],
    ['assets/page.js', 'text/javascript; charset=utf-8'],
    ['assets/page.css', 'text/css; charset=utf-8'],
    ['assets/letters.woff2', 'font/woff2'],
    ['assets/icon.svg', 'image/svg+xml'],
    ['assets/two%20words.txt', 'text/plain; charset=utf-8'],
  ])('serves %s as %s, with the content policy', async (path, mime) => {
    const response = await answer(request(`app://whence/${path}`))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(mime)
    expect(response.headers.get('content-security-policy')).toBe(contentPolicy)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    'app://whence/../secret.txt',
    'app://whence/%2e%2e/secret.txt',
    'app://whence/..%2fsecret.txt',
    'app://whence/%2e%2e%2fsecret.txt',
    'app://whence/..%5csecret.txt',
    'app://whence/..\\secret.txt',
    'app://whence/%252e%252e/secret.txt',
    'app://whence/%252e%252e%252fsecret.txt',
    'app://whence/../app-evil/secret.txt',
    'app://whence/assets/..%2f..%2fsecret.txt',
    'app://whence/link.txt',
    'app://whence/folder/secret.txt',
    'app://whence//secret.txt',
    'app://whence/index.html%00.txt',
    'app://whence/C:/secret.txt',
    'app://whence/index.html:stream.txt',
    'app://whence/%',
    'app://whence/%ff',
    'app://whence/assets',
    'app://whence/assets/',
    'app://whence/program.node',
    'app://whence/missing.txt',
    'app://whence/.',
    'app://whence.example/index.html',
    'app://evil/index.html',
    'app://user@whence/index.html',
    'app://whence:80/index.html',
    'https://whence/index.html',
    'file:///etc/passwd',
    'nonsense',
    '',
  ])('refuses "%s" and tells nothing', async (url) => {
    const response = await answer(request(url))
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(await response.text()).toBe('')
    expect(response.headers.get('content-security-policy')).toBe(contentPolicy)
  })

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('answers GET only: not %s', async (method) => {
    expect((await answer(request('app://whence/index.html', method))).status).toBe(405)
  })

  it('has a page for when no script can be trusted: it has none, and leads back', async () => {
    const response = await answer(request('app://whence/stopped'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    const page = await response.text()
    expect(page).not.toContain('<script')
    expect(page).toContain('href="app://whence/index.html?safe=1"')
    expect(page).toContain('href="app://whence/index.html"')
  })
})
