/**
 * `npm run setup:cuda`: fetches ONNX Runtime's CUDA libraries by running the install script of the onnxruntime-node package, which `npm ci`
 * leaves out (`allowScripts` in package.json) because it uses the network. CUDA 12 and cuDNN 9 have to be on the machine already.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const platform = `${process.platform}/${process.arch}`
if (platform !== 'linux/x64') {
  console.error(`ONNX Runtime has CUDA libraries for linux/x64 only; this is ${platform}.`)
  process.exit(2)
}

const packageFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
const library = join(packageFolder, 'bin/napi-v6', platform, 'libonnxruntime_providers_cuda.so')
if (existsSync(library)) {
  console.log('The CUDA libraries are there already. Try: npm run explain -- PICTURE --device cuda')
} else {
  process.exitCode = install()
}

function install(): number {
  console.log(
    "This runs onnxruntime-node's own install script: it downloads the CUDA provider of ONNX Runtime from api.nuget.org (a large",
  )
  console.log('download) into node_modules/onnxruntime-node, and nothing else. CUDA 12 and cuDNN 9 must be installed by you.')
  const { status } = spawnSync(process.execPath, ['script/install.js', '--onnxruntime-node-install=cuda12'], {
    cwd: packageFolder,
    stdio: 'inherit',
  })
  if (status !== 0 || !existsSync(library)) {
    console.error('The CUDA libraries could not be fetched; Whence goes on with the processor.')
    return 1
  }
  console.log('Done. Try: npm run explain -- PICTURE --device cuda')
  return 0
}
