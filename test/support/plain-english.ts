/** A phrase, as an expression in which a space also stands for the end of a line, and what to write instead. */
export type Phrase = readonly [phrase: string, instead: string];

/** Phrases that no text of the library has. */
export const PHRASES: readonly Phrase[] = [
  ['amid', '"within"'],
  ['anew', '"again"'],
  ['as it likes', '"freely"'],
  ['at (?:most|least) of', '"maximum" or "minimum"'],
  ['beside', '"together with", or "next to"'],
  ['callers? who stays?', '"callers with a sticky session"'],
  ['captures|captured', '"overlap" or "conflict"'],
  ['doors', '"servers" or "routes"'],
  ['elsewhere', '"is not defined in this app", or "existing"'],
  ['fences?', '"security boundary"'],
  ['first that fits', '"the first match wins"'],
  ['hands? on', '"forwards"'],
  ['heeds?', '"enforces" or "reads"'],
  ['in place of', '"instead of"'],
  ['in vain', '"has no effect"'],
  ['(?<!\\bthere\\s+)is none', '"is not a valid …", or "there is none"'],
  ['lets? (?:none|no one)', '"denies"'],
  ['needs? to know', '"Properties for `X`."'],
  ['nobody', '"no one", or "is not specified"'],
  ['park(?:s|ed|ing)?', '"disable"'],
  ['passes by|passed by', '"bypasses"'],
  ['puts? together', '"combine"'],
  ['says|said|say(?! in)', '"states", "sets" or "specifies"'],
  ['slips?', '"a mistake"'],
  ['taken? away', '"remove"'],
  ['takes? (?:them|it) for', '"treats it as"'],
  ['takes? turns?', '"share the traffic"'],
  ['the fewest', '"minimum"'],
  ['the way back', '"rollback"'],
  ['told apart', '"identified by"'],
  ['what (?:a|an) \\W?\\w+\\W? (?:takes|needs|knows)', '"Properties for `X`."'],
  ['what is meant', '"the intended …"'],
  ['who calls', '"the caller"'],
  ['whoever', '"regardless of who", or "whichever"'],
  ['without a word', '"silently"'],
];

/** Where a text has such phrases: `file:line: "phrase": write …`. */
export function findPhrases(file: string, text: string, phrases: readonly Phrase[] = PHRASES): string[] {
  // Comments are read across the ends of their lines, and strings across each `+`; each gap keeps its length, and with it the number of the line.
  const flat = text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, (gap) => ' '.repeat(gap.length))
    .replace(/(['"`])\s*\+\s*\1/g, (gap) => ' '.repeat(gap.length));
  return phrases.flatMap(([phrase, instead]) => [...flat.matchAll(new RegExp(`\\b(?:${phrase})\\b`.replaceAll(' ', '\\s+'), 'gi'))]
    .map(({ 0: found, index }) => `${file}:${text.slice(0, index).split('\n').length}: "${found.replace(/\s+/g, ' ')}": write ${instead}`));
}
