/** Scheme of the desktop's own pages. Privileged, so that they have an origin, storage and `fetch` like a page of the web. */
export const appScheme = 'app'
/** The only host of that scheme. */
export const appHost = 'whence'
/** Origin of everything a window may load. The browser host has the origin of its address instead. */
export const appOrigin = `${appScheme}://${appHost}`
