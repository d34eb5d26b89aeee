import type { Configuration } from 'electron-builder'
import { fuses } from './scripts/pack/fuses.ts'

const endings = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'tif', 'tiff']

/**
 * How `npm run dist` packs the desktop app. The bundles of `out` hold every package that is plain JavaScript, so the archive gets only those
 * with native parts; these, the models and the resources lie outside the archive, where libraries can be loaded and files mapped.
 */
const configuration: Configuration = {
  appId: 'app.whence.desktop',
  productName: 'Whence',
  copyright: 'The Whence maintainers, Apache-2.0',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  electronFuses: fuses,
  asar: true,
  // All of them are N-API: built for Node and Electron alike, and shipped by their makers.
  npmRebuild: false,
  nodeGypRebuild: false,
  publish: null,
  files: [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    '!node_modules/**',
    'node_modules/{better-sqlite3,onnxruntime-node,onnxruntime-common,sharp,detect-libc,semver}/**',
    'node_modules/{@img,@resvg}/**',
    '!node_modules/better-sqlite3/{deps,src,prebuilds}/**',
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    '!node_modules/onnxruntime-node/{script,lib}/**',
    '!node_modules/onnxruntime-node/bin/napi-v6/{darwin,linux,win32}/**',
    'node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/**',
    '!**/*.{md,map,ts,h,gyp}',
  ],
  asarUnpack: ['**/*.node', 'node_modules/onnxruntime-node/bin/**', 'node_modules/@img/sharp-libvips-*/**'],
  extraResources: [
    { from: 'models/whence-scenes', to: 'models/whence-scenes' },
    { from: 'resources', to: 'resources', filter: ['**/*', '!icons/**', 'icons/icon.png', '!**/README.md'] },
    { from: 'LICENSE', to: 'LICENSE' },
    { from: 'NOTICE', to: 'NOTICE' },
  ],
  fileAssociations: [{ ext: endings, name: 'Picture', role: 'Viewer', rank: 'Alternate' }],
  linux: {
    target: ['AppImage', 'tar.gz'],
    icon: 'resources/icons/linux',
    category: 'Science',
    synopsis: 'Which part of the picture and which words made the model say this token?',
  },
  mac: { target: ['dmg', 'zip'], icon: 'resources/icons/icon.icns', category: 'public.app-category.developer-tools' },
  win: { target: ['nsis', 'zip'], icon: 'resources/icons/icon.ico' },
}

export default configuration
