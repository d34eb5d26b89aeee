/**
 * What foreign content would do if it got into the page, one function each; they travel to the page as source, so they use nothing but the page. The
 * content policy stops every one of them.
 */
export const intrusions: Readonly<Record<string, () => void>> = {
  'inline script': () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.broken = 1'
    document.body.append(script)
  },
  'inline handler': () => {
    const holder = document.createElement('div')
    holder.innerHTML = '<button onclick="globalThis.broken = 1"></button>'
    document.body.append(holder)
    holder.querySelector('button')?.click()
  },
  // From a timer: what the tests run in the page themselves may evaluate.
  eval: () => {
    setTimeout(() => {
      ;(globalThis as unknown as { eval: (code: string) => void }).eval('globalThis.broken = 1')
    })
  },
  'remote script': () => {
    document.head.append(Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' }))
  },
  'remote picture': () => {
    document.body.append(Object.assign(new Image(), { src: 'https://example.com/x.png' }))
  },
  'remote style': () => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'https://example.com/x.css' }))
  },
  'remote fetch': () => {
    fetch('https://example.com/').catch(() => null)
  },
  'remote socket': () => {
    try {
      new WebSocket('wss://example.com/')
    } catch {
      // Some versions throw at once.
    }
  },
  beacon: () => {
    navigator.sendBeacon('https://example.com/', 'x')
  },
  worker: () => {
    try {
      new Worker(URL.createObjectURL(new Blob(['fetch("https://example.com/")'])))
    } catch {
      // Some versions throw at once.
    }
  },
  frame: () => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }))
  },
  object: () => {
    document.body.append(Object.assign(document.createElement('object'), { data: 'https://example.com/' }))
  },
  form: () => {
    const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' })
    document.body.append(form)
    form.submit()
  },
  'script address': () => {
    const link = Object.assign(document.createElement('a'), { href: 'javascript:globalThis.broken = 1' })
    document.body.append(link)
    link.click()
  },
  'base address': () => {
    document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.com/' }))
  },
}
