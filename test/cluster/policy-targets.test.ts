import { PolicyTarget } from '../../src/cluster/policies';
import { Coverage, coverageOf, PoliciesByLabels } from '../../src/cluster/policy-targets';

interface Named {
  readonly name: string;
  readonly target: PolicyTarget;
}

const target = (labels: PolicyTarget['labels'], more: Partial<PolicyTarget> = {}): PolicyTarget => ({ namespace: 'models', labels, refs: [], ...more });
const policy = (name: string, ...args: Parameters<typeof target>): Named => ({ name, target: target(...args) });
const names = (found: Iterable<Named>) => [...found].map(({ name }) => name).sort();

const REFERENCE = { group: '', kind: 'Service', name: 'iris', field: [] };
const POLICIES = [
  policy('all', {}),
  policy('iris', { app: 'iris' }),
  policy('wine', { app: 'wine' }),
  policy('iris-v1', { version: 'v1', app: 'iris' }),
  policy('iris-v2', { app: 'iris', version: 'v2' }),
  policy('team', { team: 'a' }),
  policy('reference', {}, { refs: [REFERENCE] }),
];

test.each<[PolicyTarget['labels'], string[], string[]]>([
  [{ app: 'iris' }, ['all', 'iris', 'iris-v1', 'iris-v2', 'reference', 'team'], ['all', 'iris', 'reference']],
  [{ app: 'iris', version: 'v1' }, ['all', 'iris', 'iris-v1', 'reference', 'team'], ['all', 'iris', 'iris-v1', 'reference']],
  [{ app: 'elephant' }, ['all', 'iris-v1', 'iris-v2', 'reference', 'team'], ['all', 'reference']],
  [{}, ['all', 'iris', 'iris-v1', 'iris-v2', 'reference', 'team', 'wine'], ['all', 'reference']],
])('policies for pods with %p', (labels, near, covering) => {
  const index = new PoliciesByLabels(POLICIES);
  expect(names(index.near(target(labels)))).toEqual(near);
  expect(names(index.covering(target(labels)))).toEqual(covering);
});

test('no policy that applies is left out', () => {
  const index = new PoliciesByLabels(POLICIES);
  for (const { target: pods } of POLICIES) {
    const coverage = (wanted: readonly Coverage[]) => POLICIES.filter((each) => wanted.includes(coverageOf(each.target, pods, 'istio-system'))).map(({ name }) => name);
    expect(names(index.near(pods))).toEqual(expect.arrayContaining(coverage([Coverage.ALL, Coverage.SOME])));
    expect(names(index.covering(pods))).toEqual(expect.arrayContaining(coverage([Coverage.ALL])));
  }
});

test('of thousands of policies only those for the pods are visited', () => {
  const index = new PoliciesByLabels(Array.from({ length: 5_000 }, (_, i) => policy(`p${i}`, { app: `w${i}` })));
  expect(names(index.near(target({ app: 'w77' })))).toEqual(['p77']);
  expect(names(index.covering(target({ app: 'w77' })))).toEqual(['p77']);
});
