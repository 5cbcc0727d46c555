import { exampleText } from '../../answers/endpoints/example-text';
import { hostName } from '../../answers/receiving/host-name';
import { Conditions, MatchConditions } from '../../cluster/routing/request-match';
import { widerHosts } from '../../plan/hosts';

/** So many hosts are tried. */
const MAX_WORDS = 1000;

const LABELS = ['any', 'other', 'some', 'host'];

/**
 * A host for which a pattern is the most specific one.
 *
 * @param patterns All patterns, in lower case.
 * @internal
 */
export function patternWord(pattern: string, patterns: ReadonlySet<string>): string {
  if (!pattern.startsWith('*')) return pattern;
  const suffix = pattern === '*' ? '.example' : pattern.slice(1);
  for (let i = 0; i < MAX_WORDS; i += 1) {
    const label = LABELS[i] ?? `host${i}`;
    const word = label + suffix;
    if (!patterns.has(word) && widerHosts(word).find((wider) => patterns.has(wider)) === pattern) return word;
  }
  return LABELS[0] + suffix;
}

/**
 * What clients can send as `Host` header to reach a virtual host: strings of which each satisfies other conditions on the header.
 *
 * @param host A host of the virtual host.
 * @param matches The matches of its rules.
 * @param isOwn Whether a host in lower case belongs to the virtual host.
 * @internal
 */
export function authorityWords(host: string, matches: readonly MatchConditions[], isOwn: (host: string) => boolean): readonly string[] {
  const found = new Set([host, `${host}:8443`, host.toUpperCase(), `${host.toUpperCase()}:8443`]);
  const add = (word: string | undefined) => {
    if (word !== undefined && /^[!-~]+$/.test(word) && isOwn(hostName(word))) found.add(word);
  };
  for (const { authority, headers, withoutHeaders } of matches) {
    if (authority === undefined && !hasHost(headers) && !hasHost(withoutHeaders)) continue;
    for (const condition of [authority, ...['host', ':authority'].flatMap((name) => [headers.get(name), withoutHeaders.get(name)])]) {
      if (condition === undefined || condition === 'present') continue;
      const { kind, value } = condition;
      if (kind === 'regex') {
        add(exampleText(value));
        continue;
      }
      add(value);
      add(`${value}0`);
      if (value.toLowerCase() === host.slice(0, value.length)) add(value + host.slice(value.length));
      if (value.toLowerCase() === host.slice(0, value.length)) add(`${value}${host.slice(value.length)}:8443`);
      add(value + host.slice(host.indexOf('.')));
    }
  }
  return [...found];
}

function hasHost(conditions: Conditions): boolean {
  return conditions.size > 0 && (conditions.has('host') || conditions.has(':authority'));
}
