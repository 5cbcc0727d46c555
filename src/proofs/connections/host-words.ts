import { exampleText } from '../../answers/endpoints/example-text';
import { hostName } from '../../answers/receiving/host-name';
import { Conditions, MatchConditions } from '../../cluster/routing/request-match';
import { TextMatch } from '../../plan/conflicts/overlap';
import { hostCovers, widerHosts } from '../../plan/hosts';
import { Domain, hostsWithin, oneOf } from '../words/domain';
import { PRESENT, Test, testFor } from '../words/string-test';

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
 * The hosts of a pattern for which no narrower pattern is more specific.
 *
 * @internal
 */
export interface HostArea {
  /** The pattern. */
  readonly pattern: string;
  /** Whether a host in lower case is one of them. */
  isOwn(host: string): boolean;
  /** The narrower patterns. */
  narrower(): readonly string[];
}

/**
 * The hosts for which a pattern is the most specific one.
 *
 * @param patterns All patterns, in lower case.
 * @internal
 */
export function areaOf(pattern: string, patterns: ReadonlySet<string>): HostArea {
  if (!pattern.startsWith('*')) return { pattern, isOwn: (host) => host === pattern, narrower: () => [] };
  return {
    pattern,
    isOwn: (host) => hostCovers(pattern, host) && mostSpecific(host, patterns) === pattern,
    narrower: () => [...patterns].filter((each) => each !== pattern && hostCovers(pattern, each)),
  };
}

/**
 * The most specific pattern for a host; `*` if there is no other one.
 *
 * @param patterns All patterns, in lower case.
 * @internal
 */
export function mostSpecific(host: string, patterns: ReadonlySet<string>): string {
  if (patterns.has(host)) return host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    if (dot > 0 && patterns.has(`*${host.slice(dot)}`)) return `*${host.slice(dot)}`;
  }
  return '*';
}

/** With more narrower patterns, not all hosts are looked at. */
const MAX_NARROWER = 200;

/**
 * What clients can send as `Host` header to reach a virtual host.
 *
 * @param host A host of the virtual host.
 * @param area Its hosts.
 * @param matches The matches of its rules, with the conditions of policies.
 * @internal
 */
export function authoritiesOf(host: string, area: HostArea, matches: readonly MatchConditions[]): Domain {
  const isOwn = (text: string) => area.isOwn(hostName(text));
  const conditions = matches.flatMap(hostConditions);
  const words = authorityWords(host, conditions, isOwn);
  if (conditions.length === 0) return oneOf(words);
  const narrower = area.narrower();
  const isExact = narrower.length <= MAX_NARROWER;
  return hostsWithin(words, { yes: [hostTest(area.pattern)], no: isExact ? narrower.map(hostTest) : [], isExact }, isOwn);
}

/** The hosts of a pattern in any case, with any port. No client asks for a host that begins with a dot. */
function hostTest(pattern: string): Test {
  if (pattern === '*') return PRESENT;
  const literal = pattern.replace(/^\*/, '').replace(/[^a-z0-9]/g, '\\$&');
  return testFor('regex', `(?i)${pattern.startsWith('*') ? '[^.](?s:.*)' : ''}${literal}(?::[0-9]*)?`);
}

/** Strings of which each satisfies other conditions. */
function authorityWords(host: string, conditions: readonly TextMatch[], isOwn: (text: string) => boolean): readonly string[] {
  const found = new Set([host, `${host}:8443`, host.toUpperCase(), `${host.toUpperCase()}:8443`]);
  const add = (word: string | undefined) => {
    if (word !== undefined && /^[!--/-~][!-~]*$/.test(word) && isOwn(word)) found.add(word);
  };
  for (const { kind, value } of conditions) {
    if (kind === 'regex') {
      add(exampleText(value));
      continue;
    }
    add(value);
    add(`${value}0`);
    if (value.toLowerCase() === host.slice(0, value.length)) {
      add(value + host.slice(value.length));
      add(`${value}${host.slice(value.length)}:8443`);
    }
    add(value + host.slice(host.indexOf('.')));
  }
  return [...found];
}

function hostConditions({ authority, headers, withoutHeaders }: MatchConditions): readonly TextMatch[] {
  if (authority === undefined && !hasHost(headers) && !hasHost(withoutHeaders)) return [];
  const all = [authority, ...['host', ':authority'].flatMap((name) => [headers.get(name), withoutHeaders.get(name)])];
  return all.filter((condition) => condition !== undefined && condition !== 'present');
}

function hasHost(conditions: Conditions): boolean {
  return conditions.size > 0 && (conditions.has('host') || conditions.has(':authority'));
}
