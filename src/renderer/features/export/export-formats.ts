import type { ExportRequest } from '../../../shared/contract/library.ts'

/** What can be exported, in the order of the menu. */
export const exportItems: readonly { readonly format: ExportRequest['format']; readonly label: string; readonly hint: string }[] =
  [
    { format: 'png', label: 'PNG', hint: 'the view' },
    { format: 'png2x', label: 'PNG 2×', hint: 'for print' },
    { format: 'svg', label: 'SVG', hint: 'scalable' },
    { format: 'sheet', label: 'Contact sheet', hint: 'every token' },
    { format: 'html', label: 'HTML report', hint: 'clickable, one file' },
    { format: 'json', label: 'JSON', hint: 'all numbers' },
    { format: 'csv', label: 'CSV', hint: 'for tables' },
  ]
