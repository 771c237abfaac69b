/** The files that a worker loads when a tclet needs what lies there (src/README.md, "Several files"); each is named `NAME.js`. */
export const PART_NAMES = ['library', 'toolkit', 'encodings', 'copies'] as const;
export type PartName = (typeof PART_NAMES)[number];
