/** Parts of the sequence that are text, and may hold targets. */
export const textRoles = ['prompt', 'completion'] as const
/** Who wrote a text of the sequence: the person, or the model (also where the person gave the model's answer). */
export type TextRole = (typeof textRoles)[number]
