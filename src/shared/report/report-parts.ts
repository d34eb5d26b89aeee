import type { KnownExplanation } from '../explanation/known.ts'
import type { View } from '../explanation/view.ts'
import { chipsPart } from './chips-part.ts'
import { inspectorPart } from './inspector-part.ts'
import { legendPart } from './legend-part.ts'
import type { ReportLook } from './look.ts'
import { askedPart, mapPart } from './map-part.ts'
import type { Markup } from './markup.ts'
import { tablePart } from './table-part.ts'

/** Places of a report that are drawn again with every question: the elements with this `data-part`. */
export type PartName = 'map' | 'asked' | 'legend' | 'prompt' | 'completion' | 'inspector' | 'table'

/** What stands in every part for a view. Main writes it into the page, and the page's script draws it again: there is no other drawing of a report. */
export function reportParts(
  view: View,
  known: KnownExplanation,
  look: ReportLook,
): Readonly<Record<PartName, readonly Markup[]>> {
  return {
    map: mapPart(view, known, look),
    asked: askedPart(view, known),
    legend: legendPart(view, look),
    prompt: chipsPart(view, known, look, 'prompt'),
    completion: chipsPart(view, known, look, 'completion'),
    inspector: inspectorPart(view),
    table: tablePart(view, look),
  }
}
