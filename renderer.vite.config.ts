import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'

/** The page's own policy forbids inline scripts; while developing, Vite needs some. The built page keeps it. */
const relaxWhileServing: Plugin = {
  name: 'whence-relax-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

/** How the renderer is built, for the desktop and for the browser host alike: everything in files of its own, nothing inline. */
export const renderer = {
  root: 'src/renderer',
  base: './',
  plugins: [react(), relaxWhileServing],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
}

export default defineConfig(renderer)
