/** Ways to begin; … marks what the person replaces. */
export const presets = [
  { name: 'Caption', prompt: 'This is a picture of' },
  { name: 'Question', prompt: 'Q: How many … are there? A:' },
  { name: 'Colour', prompt: 'Q: What color is the …? A:' },
  { name: 'Place', prompt: 'Q: Where is the …? A:' },
  { name: 'Free', prompt: '' },
] as const
