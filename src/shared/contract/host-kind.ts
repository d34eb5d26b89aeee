/** The hosts that carry the contract: the desktop app, and `whence serve` for browsers. */
export const hostKinds = ['electron', 'browser'] as const
/** One of {@link hostKinds}. */
export type HostKind = (typeof hostKinds)[number]
