import { PATH_EXPRESSIONS, Spellings, VALUE_EXPRESSIONS } from './expressions';
import { Action, Match, Policy, PolicyRule, Rule, Service, State, StringMatch, Values } from './state';
import { Random } from '../support/small-alphabet';

const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/v1/', '/v1/a', '/v2/', '/v2/models/iris', '/v2/models/iris/', '/v2/models/wine/', '/m1', '/infer'];
const VALUES = ['a', 'b', 'v', 'v1', 'x'];
const HEADERS = ['x-tester', 'x-team'];
const HOSTS = ['h.test', 'g.test'];
const METHODS = ['GET', 'POST'];
const CLAIM = '@request.auth.claims.group';

const expression = (random: Random, all: readonly Spellings[]) => random.pick(random.pick(all).spellings);

/** A path, compared in one of the three ways. */
export function randomUri(random: Random): StringMatch {
  const kind = random.below(10);
  if (kind < 5) return { prefix: random.pick(PATHS) };
  return kind < 8 ? { exact: random.pick(PATHS) } : { regex: expression(random, PATH_EXPRESSIONS) };
}

function randomValue(random: Random): StringMatch {
  const kind = random.below(6);
  if (kind < 3) return { exact: random.pick(VALUES) };
  return kind < 4 ? { prefix: random.pick(VALUES) } : { regex: expression(random, VALUE_EXPRESSIONS) };
}

function randomParameter(random: Random): StringMatch {
  return random.chance(50) ? { exact: random.pick(VALUES) } : { regex: expression(random, VALUE_EXPRESSIONS) };
}

function randomMatch(random: Random): Match {
  const headers = random.chance(30) ? { [random.chance(15) ? CLAIM : random.pick(HEADERS)]: randomValue(random) } : undefined;
  return {
    uri: randomUri(random),
    ...random.chance(15) ? { method: { exact: random.pick(METHODS) } } : {},
    ...headers === undefined ? {} : { headers },
    ...random.chance(10) ? { withoutHeaders: { [random.pick(HEADERS)]: randomValue(random) } } : {},
    ...random.chance(10) ? { queryParams: { version: randomParameter(random) } } : {},
  };
}

/** What is done with requests: mostly they are forwarded. */
export function randomAction(random: Random): Action {
  const destination = (host: string) => ({ host, port: { number: 80 } });
  if (random.chance(5)) return { redirect: { uri: random.pick(PATHS) } };
  if (random.chance(5)) return { directResponse: { status: 403 } };
  const first = { destination: destination(random.pick(['iris', 'wine'])) };
  const weight = random.pick([1, 10, 50]);
  return {
    route: random.chance(40) ? [{ ...first, weight }, { destination: destination('canary'), weight: random.pick([1, 10, 50]) }] : [first],
    ...random.chance(15) ? { rewrite: { uri: random.pick(PATHS) } } : {},
    ...random.chance(15) ? { headers: { request: { set: { 'x-model': random.pick(VALUES) } } } } : {},
    ...random.chance(15) ? { timeout: random.pick(['1s', '2s']) } : {},
    ...random.chance(10) ? { mirror: destination('shadow') } : {},
  };
}

/** A rule with one or two matches. */
export function randomRule(random: Random): Rule {
  return { match: Array.from({ length: random.chance(30) ? 2 : 1 }, () => randomMatch(random)), action: randomAction(random) };
}

const some = (random: Random, values: readonly string[]) => [...new Set(Array.from({ length: 1 + random.below(2) }, () => random.pick(values)))];
const list = (random: Random, name: string, not: string, values: readonly string[]): Values => ({
  [random.chance(75) ? name : not]: some(random, values),
});
const BLOCKS = ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.7'];

/** A rule of a policy about paths, methods, hosts, addresses, tokens, headers and claims. */
export function randomPolicyRule(random: Random): PolicyRule {
  const operation: Values = {
    ...random.chance(80) ? list(random, 'paths', 'notPaths', ['/a*', '/a', '/v1/*', '/v2/*', '*infer', '/v2/models/{*}/infer', '/{**}/x']) : {},
    ...random.chance(30) ? list(random, 'methods', 'notMethods', METHODS) : {},
    ...random.chance(20) ? list(random, 'hosts', 'notHosts', HOSTS) : {},
  };
  const source = random.pick<Values>([
    list(random, 'remoteIpBlocks', 'notRemoteIpBlocks', BLOCKS),
    list(random, 'ipBlocks', 'notIpBlocks', BLOCKS),
    { requestPrincipals: [random.pick(['*', 'https://idp.test/ann'])] },
  ]);
  const condition = random.chance(60)
    ? { key: `request.headers[${random.pick(HEADERS)}]`, values: some(random, ['a', 'v*', '*x', '*']) }
    : { key: 'request.auth.claims[group]', [random.chance(80) ? 'values' : 'notValues']: some(random, ['a', 'v*', 'b']) };
  return {
    ...random.chance(30) ? { from: [{ source }] } : {},
    ...Object.keys(operation).length === 0 ? {} : { to: [{ operation }] },
    ...random.chance(35) ? { when: [condition] } : {},
  };
}

/** A policy with one or two rules. */
export function randomPolicy(random: Random, name: string): Policy {
  return { name, action: random.chance(50) ? 'ALLOW' : 'DENY', rules: Array.from({ length: 1 + random.below(2) }, () => randomPolicyRule(random)) };
}

/** VirtualServices for one or two hosts, and policies in half of all states. */
export function randomState(random: Random): State {
  const isDated = random.chance(80);
  const count = 1 + random.below(3);
  const services = Array.from({ length: count }, (_, i): Service => ({
    name: `routes-${i}`,
    host: isDated ? random.pick(HOSTS) : HOSTS[i % 2],
    ...isDated ? { minute: i * 100 } : {},
    rules: Array.from({ length: 1 + random.below(4) }, () => randomRule(random)),
  }));
  return {
    services: isDated ? services : services.slice(0, 2),
    policies: Array.from({ length: random.chance(50) ? 1 + random.below(2) : 0 }, (_, i) => randomPolicy(random, `policy-${i}`)),
    isReversed: false,
  };
}
