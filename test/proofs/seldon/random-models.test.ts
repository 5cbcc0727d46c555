import { Resolver } from '../../../src/answers/resolver';
import { answerValue } from '../../../src/proofs/answers/answer-value';
import { compareTraffic } from '../../../src/proofs/comparison';
import { requestOf } from '../../support/answers';
import { clusterOf } from '../../support/cluster';
import { GATEWAY, service, virtualService } from '../../support/routes';
import { Random } from '../support/small-alphabet';

// Routes to Seldon Core 2 that rewrite paths and copy headers, so that Seldon reads another name than the one that was sent.

/** A deep run compares 1,000 pairs or more. */
const PAIRS = Number(process.env.PROOF_PAIRS ?? 60);
const SEED = Number(process.env.PROOF_SEED ?? 2);

const PATHS = ['/', '/m/', '/M/', '/v2/', '/v2/models/', '/v2/models/a/', '/m/a', '/v2/m/', '/m/a/'];
const REWRITES = [
  '{uri: /v2/models/}', '{uri: /v2/}', '{uri: /v2/models/a/infer}', '{uri: /m/}', '{uri: /v2/models/a}',
  ...[
    ['^/m/(.*)$', '/v2/models/\\1'], ['/m/([^/]+)(/.*)?', '/v2/models/\\1\\2'], ['/m', '/v2/models'], ['a', 'b'], ['^/m/', '/v2/models/'], ['.*', '/v2/models/b/infer'],
  ].map(([match, rewrite]) => `{uriRegexRewrite: {match: '${match}', rewrite: '${rewrite}'}}`),
];
const OPERATIONS = [
  '{remove: [seldon-model]}', '{set: {seldon-model: a}}', "{set: {seldon-model: '%REQ(x)%'}}", "{remove: [seldon-model], set: {seldon-model: '%REQ(x)%'}}",
  "{add: {seldon-model: '%REQ(x)%'}}", "{set: {y: '%REQ(x)%'}}", '{remove: [x-seldon-route, seldon-model]}',
];
const MODELS = ['a', 'b', 'c'];

function rule(random: Random): string {
  const path = `uri: {${random.pick(['prefix', 'prefix', 'prefix', 'exact'])}: ${random.pick(PATHS)}}${random.chance(15) ? ', ignoreUriCase: true' : ''}`;
  const header = `headers: {${random.pick(['x', 'seldon-model'])}: {${random.pick(['exact: a', 'exact: b', "regex: '.+'"])}}}`;
  const conditions = [...random.chance(90) ? [path] : [], ...random.chance(20) ? [header] : []];
  return `{${[
    ...conditions.length === 0 ? [] : [`match: [{${conditions.join(', ')}}]`],
    `route: [{destination: {host: ${random.pick(['seldon-mesh', 'seldon-mesh', 'seldon-mesh', 'other'])}, port: {number: 80}}}]`,
    ...random.chance(60) ? [`rewrite: ${random.pick(REWRITES)}`] : [],
    ...random.chance(45) ? [`headers: {request: ${random.pick(OPERATIONS)}}`] : [],
  ].join(', ')}}`;
}

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: {name: ${name}, namespace: models}\nspec: {storageUri: 'gs://models'}\n---\n`;
const manifests = (rules: readonly string[], models: readonly string[]) => (
  GATEWAY + service('seldon-mesh') + service('other') + virtualService('routes', rules) + [...models, 'z'].map(model).join('')
);

/** Two states, of which the second one has other rules, or fewer Models. */
function pairOf(random: Random): readonly [string, string] {
  const rules = Array.from({ length: 1 + random.below(3) }, () => rule(random));
  const models = MODELS.filter(() => random.chance(70));
  const [hasFewer, hasOthers] = [random.chance(60), random.chance(60)];
  const after = rules.map((each) => (hasOthers && random.chance(40) ? rule(random) : each));
  return [manifests(rules, models), manifests(after, hasFewer ? models.filter(() => random.chance(60)) : models)];
}

const [NAMED, COPIED] = ['seldon-model', 'x'].map((header) => [...MODELS, 'unknown'].map((name) => `${header}: ${name}`));
const HEADERS = [[], ...[...NAMED, ...COPIED].map((line) => [line]), ...NAMED.flatMap((one) => COPIED.map((other) => [one, other]))];
const REQUESTS = [
  '/', '/m/', '/m/a', '/m/a/infer', '/m/b/infer', '/m/c', '/m/c/infer', '/M/b/infer', '/M/a', '/v2/', '/v2/models/a/infer', '/v2/models/b/infer', '/v2/models/c/infer',
  '/v2/models/c', '/v2/models/a/b/infer', '/v2/m/a/infer', '/v2/m/b', '/m/a/b/infer', '/m/models/b/infer', '/m/models/c/infer', '/z', '/m/m/b/infer', '/m/mb',
].flatMap((path) => HEADERS.map((headers) => requestOf({ url: `http://h.test${path}`, headers, gateway: 'istio-system/gateway' })));

test('no request finds a difference that the comparison does not', () => {
  const random = new Random(SEED);
  let [equal, different] = [0, 0];
  for (let i = 0; i < PAIRS; i += 1) {
    const [before, after] = pairOf(random);
    const clusters = [clusterOf(before), clusterOf(after)] as const;
    const { changes, repeated, undecided } = compareTraffic(...clusters);
    const [first, second] = clusters.map((cluster) => new Resolver(cluster));
    const isEqual = (request: (typeof REQUESTS)[number]) => answerValue(first.resolve(request)) === answerValue(second.resolve(request));
    expect([...changes, ...repeated].filter(({ witness }) => isEqual(witness))).toEqual([]);
    different += Number(changes.length > 0);
    if (changes.length + undecided.length > 0) continue;
    equal += 1;
    const missed = REQUESTS.find((request) => !isEqual(request));
    if (missed !== undefined) throw new Error(`pair ${i}: ${missed.path} ${JSON.stringify(missed.headers)}\n${before}\n=======\n${after}`);
  }
  expect([equal, different].every((count) => count > PAIRS / 5)).toBe(true);
}, 600_000);
