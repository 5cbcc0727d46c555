import { PATH_EXPRESSIONS, Spellings, VALUE_EXPRESSIONS } from './expressions';
import { Match, PolicyRule, State, StringMatch } from './state';
import { Request } from '../../../src/answers/request';
import { Random } from '../support/small-alphabet';

/** Parts of a request that conditions compare. */
interface Parts {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly address: string;
  readonly subject?: string;
  readonly group?: string;
  readonly version?: string;
  readonly headers: { readonly [name: string]: readonly string[] };
}

/** Words that satisfy a condition, and words near it that do not. */
interface Words {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

const PLAIN: Parts = { host: 'h.test', path: '/other', method: 'GET', address: '203.0.113.9', headers: {} };
const CLAIM = '@request.auth.claims.group';

function wordsOf({ exact, prefix, regex }: StringMatch, all: readonly Spellings[]): Words {
  const text = exact ?? prefix;
  if (text !== undefined) {
    const [longer, shorter] = [[`${text}x`, `${text}/`], text.slice(0, -1)];
    if (exact !== undefined) return { inside: [text], outside: [...longer, shorter] };
    return { inside: [text, ...longer], outside: [shorter, text.toUpperCase()] };
  }
  const known = all.find(({ spellings }) => spellings.includes(regex!));
  return known ?? wordsOf(regex!.endsWith('.*') ? { prefix: regex!.slice(0, -2) } : { exact: regex! }, all);
}

/** Values of policies have an asterisk at one end, or are templates of paths. */
function wordsOfValue(value: string): Words {
  const filled = value.replace('{**}', 'a/b').replace('{*}', 'iris').replace('*', 'x');
  const empty = value.replace('{**}', '').replace('{*}', '').replace('*', '');
  return { inside: [filled], outside: [`${filled}/y`, `y${filled}`, empty] };
}

/** An address in each block. */
const ADDRESSES: { readonly [block: string]: string } = {
  '10.0.0.0/8': '10.2.3.4', '10.0.0.0/9': '10.2.3.4', '10.128.0.0/9': '10.200.0.1', '10.1.0.0/16': '10.1.2.3', '192.0.2.7': '192.0.2.7',
};
const ALL_ADDRESSES = [...Object.values(ADDRESSES), '192.0.2.8', PLAIN.address];

/** All values that are tried for each part. */
class Values {
  public readonly hosts = new Set(['h.test', 'g.test', 'unknown.test']);
  public readonly paths = new Set(['/', '/other']);
  public readonly methods = new Set(['GET', 'POST', 'DELETE']);
  public readonly headers = new Map<string, Set<string>>();
  public readonly groups = new Set(['other']);
  public readonly versions = new Set(['', 'other']);

  public addPath({ inside, outside }: Words): void {
    for (const path of [...inside, ...outside]) if (path.startsWith('/')) this.paths.add(path);
  }

  public addHeader(name: string, { inside, outside }: Words): void {
    const known = this.headers.get(name) ?? new Set(['', 'other']);
    for (const value of [...inside, ...outside]) known.add(value);
    this.headers.set(name, known);
  }
}

function partsOfMatch(host: string, { uri, method, headers = {}, withoutHeaders = {}, queryParams = {} }: Match, values: Values): Parts {
  const path = uri === undefined ? undefined : wordsOf(uri, PATH_EXPRESSIONS);
  if (path !== undefined) values.addPath(path);
  let parts: Parts = { ...PLAIN, host, path: path?.inside[0] ?? PLAIN.path, method: method?.exact ?? PLAIN.method };
  for (const [name, match] of Object.entries(headers)) {
    const words = wordsOf(match, VALUE_EXPRESSIONS);
    if (name === CLAIM) [...words.inside, ...words.outside].forEach((word) => values.groups.add(word));
    else values.addHeader(name, words);
    parts = name === CLAIM ? { ...parts, subject: 'ann', group: words.inside[0] } : { ...parts, headers: { ...parts.headers, [name]: [words.inside[0]] } };
  }
  for (const [name, match] of Object.entries(withoutHeaders)) values.addHeader(name, wordsOf(match, VALUE_EXPRESSIONS));
  for (const match of Object.values(queryParams)) {
    const words = wordsOf(match, VALUE_EXPRESSIONS);
    [...words.inside, ...words.outside].forEach((word) => values.versions.add(word));
    parts = { ...parts, version: words.inside[0] };
  }
  return parts;
}

function partsOfPolicy({ from = [], to = [], when = [] }: PolicyRule, values: Values): Parts {
  let parts = PLAIN;
  for (const { operation: { paths = [], notPaths = [], methods = [], hosts = [] } } of to) {
    for (const value of [...paths, ...notPaths]) values.addPath(wordsOfValue(value));
    const path = paths.flatMap((value) => wordsOfValue(value).inside)[0];
    if (path !== undefined) parts = { ...parts, path: path.startsWith('/') ? path : `/${path}` };
    parts = { ...parts, method: methods[0] ?? parts.method, host: hosts[0] ?? parts.host };
  }
  for (const { source: { requestPrincipals, ipBlocks = [], remoteIpBlocks = [] } } of from) {
    const block = [...ipBlocks, ...remoteIpBlocks][0];
    if (block !== undefined) parts = { ...parts, address: ADDRESSES[block] };
    if (requestPrincipals !== undefined) parts = { ...parts, subject: 'ann' };
  }
  for (const { key, values: some = [], notValues = [] } of when) {
    const header = /\[(x-.*)\]/.exec(key)?.[1];
    const words = [...some, ...notValues].map(wordsOfValue);
    for (const each of words) {
      if (header === undefined) [...each.inside, ...each.outside].forEach((word) => values.groups.add(word));
      else values.addHeader(header, each);
    }
    const first = some.length === 0 ? 'other' : words[0].inside[0];
    parts = header === undefined ? { ...parts, subject: 'ann', group: first } : { ...parts, headers: { ...parts.headers, [header]: [first] } };
  }
  return parts;
}

/** A request with another value of one part. */
function varied(parts: Parts, values: Values, random: Random): Parts {
  const headers = [...values.headers];
  switch (random.below(headers.length === 0 ? 6 : 9)) {
    case 0: return { ...parts, host: random.pick([...values.hosts]) };
    case 1: return { ...parts, method: random.pick([...values.methods]) };
    case 2: return { ...parts, address: random.pick(ALL_ADDRESSES) };
    case 3: return random.chance(30) ? { ...parts, subject: undefined } : { ...parts, subject: random.pick(['ann', 'bob']), group: random.pick([...values.groups, undefined]) };
    case 4: return { ...parts, version: random.pick([...values.versions, undefined]) };
    case 5: return { ...parts, path: random.pick([...values.paths]) };
    default: {
      const [name, all] = random.pick(headers);
      const value = () => random.pick([...all]);
      return { ...parts, headers: { ...parts.headers, [name]: random.chance(20) ? [] : random.chance(15) ? [value(), value()] : [value()] } };
    }
  }
}

function requestOf({ host, path, method, address, subject, group, version, headers }: Parts): Request {
  const claims = { iss: 'https://idp.test', sub: subject, ...group === undefined ? {} : { group } };
  return {
    entry: { kind: 'gateway', gateway: 'istio-system/gateway', port: 80, sourceAddress: address },
    http: '1.1',
    method,
    authority: host,
    path,
    ...version === undefined ? {} : { query: `version=${version}` },
    headers: Object.entries(headers).flatMap(([name, all]) => all.map((value) => ({ name, value }))),
    ...subject === undefined ? {} : { token: { isValid: true, claims } },
  };
}

/**
 * Requests for each condition of states: one that satisfies all conditions of each match and of each rule of a policy, all words of the conditions on
 * paths, and those with other values of one or more parts.
 */
export function atomRequests(states: readonly State[], random: Random): readonly Request[] {
  const values = new Values();
  const bases = states.flatMap(({ services, policies }) => [
    ...services.flatMap(({ host, rules }) => rules.flatMap(({ match }) => match.map((each) => partsOfMatch(host, each, values)))),
    ...policies.flatMap(({ rules }) => rules.map((rule) => partsOfPolicy(rule, values))),
  ]);
  const all = [
    ...bases,
    ...['h.test', 'g.test'].flatMap((host) => [...values.paths].map((path): Parts => ({ ...PLAIN, host, path }))),
    ...bases.flatMap((parts) => Array.from({ length: 8 }, () => varied(parts, values, random))),
    ...bases.flatMap((parts) => Array.from({ length: 4 }, () => varied(varied(varied(parts, values, random), values, random), values, random))),
  ];
  return [...new Map(all.map((parts) => [JSON.stringify(parts), requestOf(parts)])).values()];
}
