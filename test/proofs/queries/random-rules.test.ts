import { endpointsOf } from '../../../src/answers/endpoints/endpoints';
import { Request } from '../../../src/answers/request';
import { Resolver } from '../../../src/answers/resolver';
import { Cluster } from '../../../src/cluster/cluster';
import { ClusterKind } from '../../../src/cluster/cluster-object';
import { showPath } from '../../../src/cluster/json';
import { RuleRequests } from '../../../src/proofs/queries/rule-requests';
import { clusterOf } from '../../support/cluster';
import { GATEWAY } from '../../support/routes';
import { Random, REQUESTS, smallPair } from '../support/small-alphabet';

/** A deep run looks at 1,000 sets or more. */
const SETS = Number(process.env.PROOF_PAIRS ?? 60);
const SEED = Number(process.env.PROOF_SEED ?? 3);

const placeOf = (object: object, field: Parameters<typeof showPath>[0]) => `${String(object)} ${showPath(field)}`;

/** The rules that may answer a request. */
function rulesFor(resolver: Resolver, request: Request): string[] {
  return resolver.resolve(request).cases.flatMap(({ rule }) => (rule === undefined ? [] : [placeOf(rule.object, rule.field)]));
}

test('a rule has a request exactly if one of all requests of a small alphabet, or a longer one, reaches it', () => {
  const random = new Random(SEED);
  const counts = { reached: 0, dead: 0, together: 0, certain: 0, undecided: 0 };
  for (let i = 0; i < SETS; i += 1) {
    const text = GATEWAY + smallPair(random).before;
    const { objects } = clusterOf(text);
    const cluster = new Cluster(objects.filter(({ type }) => type !== ClusterKind.AUTHORIZATION_POLICY));
    const resolver = new Resolver(cluster);
    const reached = new Set<string>();
    const certain = new Set<string>();
    for (const request of REQUESTS) {
      const rules = rulesFor(resolver, request);
      rules.forEach((rule) => reached.add(rule));
      if (rules.length === 1) certain.add(rules[0]);
    }
    const requests = new RuleRequests(cluster);
    for (const { object, field, ...endpoint } of endpointsOf(cluster)) {
      const place = placeOf(object, field);
      const found = requests.find({ ...endpoint, object, field });
      const where = `${place}\n${text}`;
      if (found === undefined) throw new Error(`not found: ${where}`);
      if (found === 'undecided') {counts.undecided += 1;} else if ('hiddenBy' in found) {
        if (reached.has(place)) throw new Error(`reached: ${where}`);
        counts.dead += 1;
        if (found.hiddenBy.length > 1) counts.together += 1;
      } else {
        const rules = rulesFor(resolver, found.request);
        if (!rules.includes(place)) throw new Error(`${JSON.stringify(found.request)} reaches ${rules.join(' and ')} instead of ${where}`);
        if (certain.has(place) && rules.length > 1) throw new Error(`depends on the age: ${where}`);
        counts.reached += 1;
        if (rules.length === 1) counts.certain += 1;
      }
    }
  }
  if (process.env.PROOF_PAIRS !== undefined) process.stdout.write(`${SETS} sets: ${JSON.stringify(counts)}\n`);
  expect(counts.undecided).toBe(0);
  expect(counts.dead).toBeGreaterThan(SETS / 10);
  expect(counts.together).toBeGreaterThan(0);
  expect(counts.certain).toBeGreaterThan(SETS);
}, 600_000);
