import { KNOWN_REASONS } from './known-reasons';

// Why constructors refuse apps, without the names and numbers of the one app.

const GENERATED = [
  /\b(models|other|mesh-root)-\d+(\/[\w./-]+)?/g,
  /\b(gw\d(-existing)?|iris\d|svc\d|exp|pipe|shadow)\b/g,
];

/** One error as its kind: what stands in quotes, numbers and the names of the app become `…`. */
export function reasonOf(line: string): string {
  let reason = line.replace(/ \(at [^()]*(\([^()]*\))?[^()]*\)$/, '')
    .replace(/^\[[\w./-]*\] /, '')
    .replace(/\{".*?\}/g, '…')
    .replace(/"[^"]*"/g, '…')
    .replace(/\b(Model|Experiment|Pipeline|Service) [\w.-]*\/[\w.-]*\w( subset [\w.-]*\w)?/g, '$1 …');
  for (const names of GENERATED) reason = reason.replace(names, '…');
  return reason
    .replace(/(^|[^\w.])-?(\d+(\.\d+)*(e[+-]?\d+)?|NaN|Infinity)(?=[^\w]|$)/g, '$1…')
    .replace(/\[\d+\]/g, '[…]')
    .replace(/…(, …)+/g, '…')
    .trim();
}

/** The reasons of one refusal; a validation can have found several things. */
export function reasonsOf(message: string): string[] {
  const lines = message.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('Validation failed'));
  return [...new Set(lines.map(reasonOf))];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const PATTERNS = KNOWN_REASONS.flatMap(({ why, reasons }) => reasons.map((reason) => ({
  reason, why, pattern: new RegExp(`^${reason.split('…').map(escaped).join('.*')}(?:\\W.*)?$`),
})));

/** Why apps were refused, and how often. */
export interface Refusals {
  readonly known: { readonly reason: string; readonly why: string; readonly count: number }[];
  /** Unknown reasons, each with one original message. */
  readonly unknown: { readonly reason: string; readonly message: string; readonly index: number }[];
}

/** Sorts refusals by what is known about their reasons. */
export function sortRefusals(refusals: readonly { readonly index: number; readonly message: string }[]): Refusals {
  const counts = new Map<string, number>();
  const unknown = new Map<string, Refusals['unknown'][0]>();
  for (const { index, message } of refusals) {
    for (const reason of reasonsOf(message)) {
      const known = PATTERNS.find(({ pattern }) => pattern.test(reason));
      if (known === undefined) unknown.set(reason, { reason, message, index });
      else counts.set(known.reason, (counts.get(known.reason) ?? 0) + 1);
    }
  }
  const known = PATTERNS.filter(({ reason }) => counts.has(reason)).map(({ reason, why }) => ({ reason, why, count: counts.get(reason)! }));
  return { known: known.sort((a, b) => b.count - a.count), unknown: [...unknown.values()] };
}

/** The refusals as a table, the most frequent ones first below each justification. */
export function tableOf({ known }: Refusals): string {
  return KNOWN_REASONS.map(({ why }) => {
    const rows = known.filter((one) => one.why === why);
    const sum = rows.reduce((total, { count }) => total + count, 0);
    return sum === 0 ? '' : `${String(sum).padStart(5)}  ${why}\n${rows.map(({ count, reason }) => `${String(count).padStart(11)}  ${reason}`).join('\n')}`;
  }).filter((text) => text !== '').join('\n');
}
