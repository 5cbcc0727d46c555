import { answerTexts } from './answer-texts';
import { Request } from '../../../src/answers/request';
import { Resolver } from '../../../src/answers/resolver';
import { Cluster } from '../../../src/cluster/cluster';
import { Change } from '../../../src/proofs/change';
import { Comparison, compareTraffic } from '../../../src/proofs/comparison';
import { requestOf, ShortRequest } from '../../support/answers';
import { clusterOf } from '../../support/cluster';
import { document, GATEWAY, virtualService } from '../../support/routes';

/** A generator of random numbers, the same for the same seed. */
export class Random {
  constructor(private state: number) {}

  public below(limit: number): number {
    this.state = (Math.imul(this.state, 1103515245) + 12345) % 2 ** 31;
    return Math.floor(Math.abs(this.state) / 2 ** 31 * limit);
  }

  public pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  public chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

interface SmallRule {
  readonly path?: string;
  readonly headers: readonly string[];
  readonly without: readonly string[];
  readonly action: string;
}

interface SmallService {
  readonly name: string;
  readonly created?: string;
  readonly rules: readonly SmallRule[];
}

/** Two sets of VirtualServices for one host. */
export interface Pair {
  readonly before: string;
  readonly after: string;
}

const PATHS = ['/', '/a', '/b', '/a/', '/ab', '/a/b', '/aa', '//'];
const EXPRESSIONS = ['/a.*', '/(a|b)', '.*b', '/a+', '/[ab]{2}', '.*', '/b?/.*', '^/a', '/a\\b.*', '.*a$'];
const VALUES = ["exact: 'a'", "exact: 'b'", "prefix: 'a'", "regex: 'a|b'", "regex: '.*'", "regex: '*'", "exact: ''", "regex: '.+'", "regex: '[^a]'"];
const REWRITES = ["{uri: '/'}", "{uri: '/a'}", "{uri: '/b/'}", '{authority: other.test}', "{uriRegexRewrite: {match: 'a', rewrite: 'b'}}"];
const OPERATIONS = ['{request: {set: {x: a}}}', '{request: {add: {x: a}}}', '{request: {remove: [x]}}', '{response: {set: {z: a}}}'];

function smallPath(random: Random): string | undefined {
  const kind = random.below(8);
  if (kind === 0) return undefined;
  if (kind < 4) return `{prefix: ${random.pick(PATHS)}}`;
  if (kind < 6) return `{exact: ${random.pick(PATHS)}}`;
  if (kind === 6) return `{regex: '${random.pick(EXPRESSIONS)}'}`;
  return `{${random.pick(['prefix', 'exact'])}: ${random.pick(PATHS).toUpperCase()}}, ignoreUriCase: true`;
}

function smallRule(random: Random): SmallRule {
  const header = () => `${random.pick(['x', 'x', 'y'])}: {${random.pick(VALUES)}}`;
  const unique = (lines: readonly string[]) => [...new Map(lines.map((line) => [line[0], line])).values()];
  return {
    path: smallPath(random),
    headers: unique(Array.from({ length: random.below(3) }, header)),
    without: random.chance(20) ? [header()] : [],
    action: smallAction(random),
  };
}

function smallAction(random: Random): string {
  const destination = () => `{destination: {host: ${random.pick(['a', 'b'])}, port: {number: 80}}`;
  if (random.chance(8)) return `redirect: {uri: ${random.pick(PATHS)}}`;
  if (random.chance(5)) return 'directResponse: {status: 200}';
  const weight = () => `weight: ${random.pick([1, 2])}`;
  const arms = random.chance(25) ? `[${destination()}, ${weight()}}, {destination: {host: c, port: {number: 80}}, ${weight()}}]` : `[${destination()}}]`;
  return [
    `route: ${arms}`,
    ...random.chance(20) ? [`rewrite: ${random.pick(REWRITES)}`] : [],
    ...random.chance(20) ? [`headers: ${random.pick(OPERATIONS)}`] : [],
    ...random.chance(8) ? ['mirror: {host: m, port: {number: 80}}'] : [],
    ...random.chance(8) ? [`timeout: ${random.pick(['1s', '1000ms', '2s'])}`] : [],
  ].join(', ');
}

function textOf(services: readonly SmallService[]): string {
  return services.filter(({ rules }) => rules.length > 0)
    .map(({ name, created, rules }) => virtualService(name, rules.map(ruleText), created === undefined ? {} : { created })).join('');
}

function ruleText({ path, headers, without, action }: SmallRule): string {
  const parts = [
    ...path === undefined ? [] : [`uri: ${path}`],
    ...headers.length === 0 ? [] : [`headers: {${headers.join(', ')}}`],
    ...without.length === 0 ? [] : [`withoutHeaders: {${without.join(', ')}}`],
  ];
  return `{${parts.length === 0 ? '' : `match: [{${parts.join(', ')}}], `}${action}}`;
}

/** A pair that differs by one or two small mutations, or by order only. */
export function smallPair(random: Random): Pair {
  const isDated = random.chance(50);
  const service = (name: string, hour: number): SmallService => ({
    name, ...isDated ? { created: `2026-01-01T0${hour}:00:00Z` } : {}, rules: Array.from({ length: 1 + random.below(4) }, () => smallRule(random)),
  });
  const before = [service('one', 1), ...random.chance(40) ? [service('two', 2)] : []];
  let after: readonly SmallService[] = before;
  for (let i = random.below(3); i >= 0; i -= 1) after = mutated(after, random);
  const policies = Array.from({ length: random.chance(40) ? 1 + random.below(2) : 0 }, (_, i) => smallPolicy(random, i));
  const others = random.chance(50) ? policies : policies.map((policy, i) => (random.chance(50) ? smallPolicy(random, i) : policy));
  return { before: textOf(before) + policies.join(''), after: textOf(after) + others.join('') };
}

const POLICY_PATHS = ["'/a*'", "'/a'", "'*b'", "'/b/*'", "'*'", "'/{*}/b'"];

/** A policy of the gateway about paths and headers. */
function smallPolicy(random: Random, position: number): string {
  const some = <T>(items: readonly T[]) => Array.from({ length: 1 + random.below(2) }, () => random.pick(items)).join(', ');
  const operation = random.chance(70) ? [`to: [{operation: {${random.pick(['paths', 'paths', 'notPaths'])}: [${some(POLICY_PATHS)}]}}]`] : [];
  const condition = random.chance(60) ? [`when: [{key: 'request.headers[${random.pick(['x', 'y'])}]', ${random.pick(['values', 'notValues'])}: [${some(["'a'", "'*'", "'b*'", "'*a'"])}]}]`] : [];
  const rule = `{${[...operation, ...condition].join(', ')}}`;
  const selector = '{matchLabels: {istio: ingressgateway}}';
  return document('AuthorizationPolicy', `policy-${position}`, 'istio-system', `{selector: ${selector}, action: ${random.pick(['ALLOW', 'DENY'])}, rules: [${rule}]}`);
}

function mutated(services: readonly SmallService[], random: Random): readonly SmallService[] {
  const chosen = random.below(services.length);
  const change = (rules: (old: readonly SmallRule[]) => readonly SmallRule[]) => (
    services.map((each, i) => (i === chosen ? { ...each, rules: rules(each.rules) } : each))
  );
  const swapKind = (path: string | undefined) => path?.replace(/prefix|exact/, (kind) => (kind === 'exact' ? 'prefix' : 'exact'));
  switch (random.below(8)) {
    case 0: return change(([first, ...rest]) => [...rest, ...first === undefined ? [] : [first]]);
    case 1: return change((rules) => replace(rules, random, (rule) => ({ ...rule, action: smallAction(random) })));
    case 2: return change((rules) => replace(rules, random, (rule) => ({ ...rule, path: swapKind(rule.path) })));
    case 3: return change((rules) => replace(rules, random, (rule) => ({ ...rule, headers: rule.headers.slice(1) })));
    case 4: return change((rules) => [...rules.slice(0, 1), smallRule(random), ...rules.slice(1)]);
    case 5: return change((rules) => rules.slice(1));
    case 6: return [...services.slice(0, chosen), { ...services[chosen], name: `${services[chosen].name}-new` }, ...services.slice(chosen + 1)];
    default: return change((rules) => replace(rules, random, (rule) => ({ ...rule, path: smallPath(random) })));
  }
}

function replace(rules: readonly SmallRule[], random: Random, by: (rule: SmallRule) => SmallRule): readonly SmallRule[] {
  const chosen = random.below(rules.length);
  return rules.map((rule, i) => (i === chosen ? by(rule) : rule));
}

const LINES = ['x', 'y'].flatMap((name) => ['', 'a', 'b'].map((value) => `${name}: ${value}`));

/** All paths of up to four characters. */
function allPaths(): string[] {
  const found: string[] = [];
  for (let level = ['/']; found.length < 40; level = level.flatMap((path) => ['/', 'a', 'b'].map((char) => path + char))) found.push(...level);
  return found;
}

/** All multisets of up to two lines of two headers. */
function allHeaders(): string[][] {
  return [[], ...LINES.map((line) => [line]), ...LINES.flatMap((first, i) => LINES.slice(i).map((second) => [first, second]))];
}

/** All requests with short paths, and with up to two lines of two headers. */
export const REQUESTS: readonly Request[] = allPaths().flatMap((path) => allHeaders().map((headers): ShortRequest => (
  { url: `http://h.test${path}`, headers, gateway: 'istio-system/gateway' }
)).map(requestOf));

export function repeats({ headers }: Request): boolean {
  return headers.length === 2 && headers[0].name === headers[1].name;
}

/** What the brute force finds out about a comparison. */
export interface Judgement {
  /** Where they disagree. */
  readonly found: readonly string[];
  readonly comparison: Comparison;
  /** Whether the answer to any of the requests differs. */
  readonly differs: boolean;
}

/** Compares all answers to requests of the small alphabet. */
export function disagreements({ before, after }: Pair): Judgement {
  const [b, a] = [before, after].map((text): Cluster => clusterOf(GATEWAY + text));
  const comparison = compareTraffic(b, a);
  const [first, second] = [new Resolver(b), new Resolver(a)];
  const pairOf = (request: Request) => [answerTexts(first.resolve(request)), answerTexts(second.resolve(request))] as const;
  const found: string[] = [];
  const respondersOf = ({ before: x, after: y }: Change) => JSON.stringify([responders(answerTexts(x)), responders(answerTexts(y))]);
  const shown = new Set(comparison.changes.map(respondersOf));
  let differs = false;
  for (const request of REQUESTS) {
    const [x, y] = pairOf(request);
    if (x === y) continue;
    differs = true;
    const name = `${request.path} ${request.headers.map(({ name: header, value }) => `${header}: ${value}`).join(', ')}: ${x} → ${y}`;
    const isKnown = comparison.undecided.length > 0
      || (repeats(request) ? comparison.changes.length + comparison.repeated.length > 0 : shown.has(JSON.stringify([responders(x), responders(y)])));
    if (!isKnown) found.push(`missed ${name}`);
  }
  for (const { witness } of [...comparison.changes, ...comparison.repeated]) {
    const [x, y] = pairOf(witness);
    if (x === y) found.push(`no difference for ${JSON.stringify(witness)}: ${x}`);
  }
  return { found, comparison, differs };
}

/** Who answers, without what is delivered. */
function responders(texts: string): string {
  return texts.replace(/ as \S+/g, '').replace(/:\/\/\S+/g, '');
}
