/** Origin of the windows of the desktop app. The browser host has the origin of its address instead. */
export const appOrigin = 'app://whence'
