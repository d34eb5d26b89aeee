/** What the system's errors mean for a file, a folder or an address, the only table of its kind. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it is too large for the disk',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program uses it',
  EEXIST: 'something else has its name',
  EIO: 'the disk reports an error',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine does not have it',
}

/** Why the system refused a file or an address, in the user's words and without a path; `null` for an error that is not the system's. */
export function fileTrouble(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (typeof code !== 'string' || !('syscall' in (error as Error))) return null
  return reasons[code] ?? `the system says ${code}`
}
