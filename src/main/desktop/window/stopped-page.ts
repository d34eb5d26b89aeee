import { createHash } from 'node:crypto'
import { safeStartPage, startPage } from '../page/app-address.ts'
import { securityHeaders } from '../../../shared/contract/content-policy.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 34em; margin: 20vh auto; padding: 0 24px }
h1 { font-size: 20px }
a { display: inline-block; margin-right: 16px; color: inherit }`

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Whence</title><style>${style}</style>
<h1>The window stopped twice within a minute</h1>
<p>Your history is safe. Safe mode starts with an empty stage and opens nothing by itself; the last picture may be what stopped it.</p>
<p><a href="${safeStartPage}">Open in safe mode</a> <a href="${startPage}">Open as usual</a></p>
</html>`

/** What is shown when the page itself cannot be trusted to run: no script, its own style and nothing else. */
export function stoppedAnswer(): Response {
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return new Response(page, {
    headers: { ...securityHeaders, 'Content-Security-Policy': policy, 'Content-Type': 'text/html; charset=utf-8' },
  })
}
