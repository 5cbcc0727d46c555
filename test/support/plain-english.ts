/** A phrase, as an expression in which a space also stands for the end of a line, and what to write instead. */
export type Phrase = readonly [phrase: string, instead: string];

/** Phrases that no text of the library has. */
export const PHRASES: readonly Phrase[] = [
  ['passes by|passed by', '"bypasses" or "is bypassed"'],
];

/** Where a text has such phrases: `file:line: "phrase": write …`. */
export function findPhrases(file: string, text: string, phrases: readonly Phrase[] = PHRASES): string[] {
  // Comments are read across the ends of their lines; each gap keeps its length, and with it the number of the line.
  const flat = text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, (gap) => ' '.repeat(gap.length));
  return phrases.flatMap(([phrase, instead]) => [...flat.matchAll(new RegExp(`\\b(?:${phrase})\\b`.replaceAll(' ', '\\s+'), 'gi'))]
    .map(({ 0: found, index }) => `${file}:${text.slice(0, index).split('\n').length}: "${found.replace(/\s+/g, ' ')}": write ${instead}`));
}
