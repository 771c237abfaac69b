/** The fuzzers, as src/tools/fuzz.mjs runs them. */
export { comparison, ProgramMaker } from './programs.ts';
export { WireFuzzer } from './wire.ts';
export { WordsFuzzer } from './words.ts';
