/** Largest picture file, in bytes. */
export const largestFile = 64 * 1024 * 1024

/** {@link largestFile} in words. */
export const describeSize = '64 MiB'

/** Most pixels of a picture: a decoded one takes three bytes for each. */
export const mostPixels = 64_000_000

/** {@link mostPixels} in words. */
export const describePixels = '64 megapixels'

/** Longest edge of a picture, in pixels; JPEG knows none longer. */
export const longestEdge = 65_535

/** {@link longestEdge} in words. */
export const describeEdge = '65,535 pixels along one edge'
