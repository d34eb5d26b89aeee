/** Where the token is kept while the tab lives: a reload needs it again, another tab or a later start must not find it. */
const place = 'whence.token'

/** What {@link takeToken} needs of a page. */
export interface TokenPage {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>
  readonly history: Pick<History, 'replaceState'>
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>
}

/** The token out of the address, where it stands after `#token=`; it is taken away from there at once. Empty when none was ever given. */
export function takeToken({ location, history, sessionStorage }: TokenPage): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  // eslint-disable-next-line layout/no-plausible-zero -- the documented answer: the host refuses every question without a token, and says why
  if (given === null) return sessionStorage.getItem(place) ?? ''
  sessionStorage.setItem(place, given)
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  return given
}
