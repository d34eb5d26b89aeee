import type { FailureCode } from '../../shared/contract/failure.ts'

/** HTTP statuses of failures; every other is 422: understood, but this picture, prompt or model cannot be used. */
const statuses: Partial<Record<FailureCode, number>> = {
  'option-invalid': 400,
  'data-damaged': 400,
  'request-invalid': 400,
  'token-wrong': 401,
  'host-refused': 403,
  'origin-refused': 403,
  'method-unknown': 404,
  'page-missing': 404,
  'picture-missing': 404,
  'model-missing': 404,
  'entry-missing': 404,
  'verb-refused': 405,
  'request-stalled': 408,
  cancelled: 409,
  'request-too-large': 413,
  'text-too-long': 413,
  'body-refused': 415,
  'attempts-exceeded': 429,
  'too-much-at-once': 429,
  internal: 500,
  'output-unwritable': 500,
  'library-unusable': 500,
  'method-native': 501,
  'engine-crashed': 503,
  'engine-stuck': 503,
  'out-of-memory': 503,
}

/** HTTP status of a failure. */
export function statusOf(code: FailureCode): number {
  return statuses[code] ?? 422
}
