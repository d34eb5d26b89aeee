import { describe, expect, it } from 'vitest'
import { describeContent, formatOf } from '../../../../../src/main/engine/picture/picture-format.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('formatOf', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['GIF89a', 'gif'],
    ['II*\0', 'tiff'],
    ['MM\0+', 'tiff'],
  ])('of %j is %s', (start, format) => {
    expect(formatOf(bytes(start))).toBe(format)
  })

  it.each(['', 'P', ' GIF89a', 'RIFF\0\0\0\0WAVE', '<svg/>', '\x89PNG'])('of %j is none', (start) => {
    expect(formatOf(bytes(start))).toBeNull()
  })
})

describe('describeContent', () => {
  it.each([
    ['', 'an empty file'],
    ['<svg>', 'an SVG drawing'],
    ['\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg:svg >', 'an SVG drawing'],
    ['<!doctype html><svg>', 'a web page'],
    ['<?xml version="1.0"?><note/>', 'an XML file'],
    ['%PDF-1.4', 'a PDF document'],
    ['\0\0\0 ftypavif', 'an AVIF picture'],
    ['\0\0\0 ftypheic', 'a HEIF picture'],
    ['\0\0\0 ftypisom', 'a video'],
    ['\0\0\0\x0cjP  \r\n', 'a JPEG 2000 picture'],
    ['\xb6\xa6\xf2\x08', 'a libvips picture'],
    ['BM\0\0\0\0\0\0\0\0', 'a BMP picture'],
    ['Buy milk', 'a text file'],
    ['gr\xc3\xbc\xc3\x9fe', 'a text file'],
    ['\x01\x02\x03', 'a file of an unknown kind'],
    ['\xe4\xf6', 'a file of an unknown kind'],
  ])('of %j is "%s"', (start, found) => {
    expect(describeContent(bytes(start))).toBe(found)
  })

  it('is quick on text made to be slow', () => {
    expect(describeContent(bytes('<!DOCTYPE '.repeat(1000)))).toBe('a text file')
    expect(describeContent(bytes(`<?xml ${'<!-- '.repeat(1000)}`))).toBe('an XML file')
  })
})
