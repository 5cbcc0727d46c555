import { parse } from 'yaml';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { Origin } from '../../src/cluster/origin';
import { unusedAcceptance } from '../../src/rules/acceptances/unused-acceptance';
import { RULES } from '../../src/rules/all';
import { configurationObject } from '../../src/rules/configuration-object';
import { Finding } from '../../src/rules/finding';
import { Level, Rule } from '../../src/rules/rule';
import { findingsOf } from '../../src/rules/run';
import { clusterOf } from '../support/cluster';

const ACCEPT = 'cdk8s-seldon-istio.io/accept-';
const SUPPRESS = 'galley.istio.io/analyze-suppress';
const PAGE = { explanation: '', wrong: '', right: '' };

/** Finds a problem at each first of two objects with the same host, and names the second. */
const pairs: Rule = {
  id: 'pairs',
  level: Level.ERROR,
  title: 'Pairs',
  codes: ['KIA9999', 'IST9999'],
  page: PAGE,
  check: ({ objects }) => objects.slice(1).flatMap((object, i) => (object.kind !== 'VirtualService' ? [] : [{
    object: objects[i], related: [{ object }], problem: 'a pair', remedy: 'part them',
  }])),
};

function virtualService(name: string, annotations: { [key: string]: unknown } = {}): string {
  return JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace: 'models', annotations } });
}

function reasonsFor(first: { [key: string]: unknown }, second: { [key: string]: unknown } = {}, rule: Rule = pairs): (string | undefined)[] {
  return findingsOf(clusterOf(`${virtualService('a', first)}\n---\n${virtualService('b', second)}`), [rule]).map(({ accepted }) => accepted);
}

describe('an annotation', () => {
  test('accepts a finding about its object, with the reason', () => {
    expect(reasonsFor({ [`${ACCEPT}pairs`]: ' by design ' })).toEqual(['by design']);
  });

  test('accepts a finding that names its object as another one', () => {
    expect(reasonsFor({}, { [`${ACCEPT}pairs`]: 'by design' })).toEqual(['by design']);
  });

  test('accepts no findings of other rules, and none without a reason', () => {
    expect(reasonsFor({})).toEqual([undefined]);
    expect(reasonsFor({ [`${ACCEPT}pair`]: 'by design' })).toEqual([undefined]);
    for (const reason of ['', '  ', null, true, 7, ['x']]) expect(reasonsFor({ [`${ACCEPT}pairs`]: reason })).toEqual([undefined]);
  });

  test('of one file accepts nothing about an object of the same name in another file', () => {
    const objects = [['dev', { [`${ACCEPT}pairs`]: 'only here' }], ['dev', {}], ['prod', {}], ['prod', {}]] as const;
    const cluster = new Cluster(objects.map(([file, annotations], i) => new ClusterObject(JSON.parse(virtualService(i % 2 ? 'b' : 'a', annotations)), { file })));
    const found = findingsOf(cluster, [{ ...pairs, check: ({ objects: all }) => [0, 2].map((i) => ({ object: all[i], problem: `in ${all[i].origin.file}`, remedy: 'x' })) }]);
    expect(found.map(({ problem, accepted }) => [problem, accepted])).toEqual([['in dev', 'only here'], ['in prod', undefined]]);
  });
});

test('the rules about acceptances can be accepted, without a finding about that', () => {
  const accepted = (rule: string, annotations: { [key: string]: unknown }) => findingsOf(
    clusterOf(virtualService('a', { ...annotations, [`${ACCEPT}${rule}`]: 'by design' })), RULES.filter(({ id }) => /accept/.test(id)),
  ).map((finding) => [finding.rule, finding.accepted]);

  expect(accepted('acceptance-without-reason', { [`${ACCEPT}hidden-host`]: '' })).toEqual([['acceptance-without-reason', 'by design']]);
  expect(accepted('unknown-acceptance', { [`${ACCEPT}hidden-hosts`]: 'x' })).toEqual([['unknown-acceptance', 'by design']]);
});

describe('the annotation of Istio', () => {
  test.each(['IST9999', '*', 'IST0101,IST9999', 'IST0101, ist9999'])('accepts with %s', (value) => {
    expect(reasonsFor({}, { [SUPPRESS]: value })).toEqual([`${SUPPRESS}: ${value}`]);
  });

  test.each(['IST0101', 'KIA9999', '', 'IST999'])('does not accept with "%s"', (value) => {
    expect(reasonsFor({ [SUPPRESS]: value })).toEqual([undefined]);
  });

  test('accepts no findings of rules that Istio does not have', () => {
    expect(reasonsFor({ [SUPPRESS]: '*' }, {}, { ...pairs, codes: ['KIA9999'] })).toEqual([undefined]);
    expect(reasonsFor({ [SUPPRESS]: '*' }, {}, { ...pairs, codes: undefined })).toEqual([undefined]);
  });
});

/** The reason for which the configuration accepts the one finding about `VirtualService models/a` and `models/b`. */
function configured(accept: unknown): string | undefined {
  const { objects } = clusterOf(`${virtualService('a')}\n---\n${virtualService('b')}`);
  return findingsOf(new Cluster([...objects, configurationObject({ accept }, 'seldon-istio.yaml')]), [pairs])[0].accepted;
}

describe('an entry of the configuration', () => {
  test.each([
    {},
    { kind: 'VirtualService' }, { namespace: 'models' }, { name: 'a' }, { name: 'b' }, { file: 'test.yaml' }, { file: './test.yaml' },
    { name: '*' }, { name: '?' }, { namespace: 'mod*' }, { file: '**/test.yaml' }, { file: '*.yaml' },
    { kind: 'VirtualService', namespace: 'models', name: 'b', file: '**' },
  ])('accepts what has all properties of %p', (entry) => {
    expect(configured([{ rule: 'pairs', reason: 'known', ...entry }])).toBe('known');
  });

  test.each([
    { kind: 'Gateway' }, { namespace: 'model' }, { name: 'c' }, { name: '' + '??' }, { file: 'other.yaml' }, { file: 'test?yaml.txt' }, { file: 'dist/**' },
    { kind: 'VirtualService', name: 'c' }, { rule: 'other' }, { reason: '' }, { reason: undefined },
  ])('does not accept with %p', (entry) => {
    expect(configured([{ rule: 'pairs', reason: 'known', ...entry }])).toBeUndefined();
  });

  test('that is malformed accepts nothing', () => {
    for (const accept of [undefined, null, {}, 'pairs', [null], ['pairs'], [[]], [{ rule: ['pairs'], reason: 'x' }]]) expect(configured(accept)).toBeUndefined();
  });

  test('stands back behind the reason of an annotation', () => {
    const { objects } = clusterOf(`${virtualService('a')}\n---\n${virtualService('b', { [`${ACCEPT}pairs`]: 'annotated' })}`);
    const cluster = new Cluster([...objects, configurationObject({ accept: [{ rule: 'pairs', reason: 'configured' }] }, 'seldon-istio.yaml')]);
    expect(findingsOf(cluster, [pairs])[0].accepted).toBe('annotated');
  });
});

function route(annotations: string, removed: string = ''): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models, annotations: { ${annotations} } }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }, remove: [${removed}] } }`;
}

const REMOVED = 'x-seldon-route, seldon-internal-model';

function readable(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, level, field, problem, remedy, accepted }) => `${level} ${rule} ${field[field.length - 1]}: ${problem}. ${remedy}${accepted ? ` (${accepted})` : ''}`);
}

function acceptancesIn(yaml: string): string[] {
  return readable(findingsOf(clusterOf(yaml), RULES).filter(({ rule }) => rule.includes('acceptance')));
}

describe('findings about annotations', () => {
  test('there is none about an annotation that is needed', () => {
    expect(acceptancesIn(route(`${ACCEPT}sticky-header-kept: sessions`))).toEqual([]);
  });

  test('an unknown rule', () => {
    expect(acceptancesIn(route(`${ACCEPT}sticky-headers-kept: sessions`))).toEqual([
      `error unknown-acceptance ${ACCEPT}sticky-headers-kept: the annotation accepts rule "sticky-headers-kept", which does not exist. did you mean "sticky-header-kept"?`,
    ]);
    expect(acceptancesIn(route(`${ACCEPT}zzzzz: sessions`))).toEqual([
      `error unknown-acceptance ${ACCEPT}zzzzz: the annotation accepts rule "zzzzz", which does not exist. use the name of a rule, as findings show it`,
    ]);
  });

  test('no reason', () => {
    expect(acceptancesIn(route(`${ACCEPT}sticky-header-kept: ""`))).toEqual([
      `error acceptance-without-reason ${ACCEPT}sticky-header-kept: the annotation accepts rule "sticky-header-kept" without a reason. write the reason as its value`,
    ]);
  });

  test('an annotation that is not needed', () => {
    expect(acceptancesIn(route(`${ACCEPT}sticky-header-kept: sessions`, REMOVED))).toEqual([
      `warning unused-acceptance ${ACCEPT}sticky-header-kept: no finding of rule "sticky-header-kept" needs the annotation. remove it`,
    ]);
  });

  test('one that is not needed can be kept', () => {
    expect(acceptancesIn(route(`${ACCEPT}sticky-header-kept: sessions, ${ACCEPT}unused-acceptance: needed in production`, REMOVED))).toEqual([
      `warning unused-acceptance ${ACCEPT}sticky-header-kept: no finding of rule "sticky-header-kept" needs the annotation. remove it (needed in production)`,
    ]);
  });

  test('there are none about objects of other teams', () => {
    const [object] = clusterOf(route(`${ACCEPT}sticky-header-kept: sessions, ${ACCEPT}zzz: x, ${ACCEPT}unknown-model: ""`, REMOVED)).objects;
    expect(findingsOf(new Cluster([new ClusterObject(object.manifest, { file: 'other.yaml', context: true })]), RULES)).toEqual([]);
  });

  test('an annotation for a rule that needs facts is not reported as unused without them', () => {
    const needsFacts: Rule = { ...pairs, page: { ...PAGE, needsFacts: 'which constructs own a route' }, check: () => [] };
    const manifest = JSON.parse(virtualService('a', { [`${ACCEPT}pairs`]: 'by design' }));
    const found = (origin: Origin) => findingsOf(new Cluster([new ClusterObject(manifest, origin)]), [needsFacts, unusedAcceptance([needsFacts])]);
    expect(found({ file: 'a.yaml' })).toEqual([]);
    expect(found({ construct: 'app/chart/a' })).toHaveLength(1);
  });
});

describe('findings about the configuration', () => {
  const entry = { rule: 'sticky-header-kept', reason: 'sessions' };

  function configuredFindings(yaml: string, accept: unknown): Finding[] {
    const { objects } = clusterOf(yaml);
    const position = (field: readonly unknown[]) => ({ line: 10 + Number(field[1]), column: 3 });
    const cluster = new Cluster([...objects, configurationObject({ accept }, 'seldon-istio.yaml', position)]);
    return findingsOf(cluster, RULES).filter(({ rule }) => rule.includes('acceptance'));
  }

  test('there is none about an entry that is needed', () => {
    expect(configuredFindings(route(''), [entry])).toEqual([]);
  });

  test('each entry that is not needed is reported at its line', () => {
    expect(configuredFindings(route(''), [{ ...entry, name: 'other' }, entry, { rule: 'unknown-model', reason: 'x' }])).toEqual([0, 2].map((i) => ({
      rule: 'unused-acceptance',
      level: 'info',
      apiVersion: 'cdk8s-seldon-istio.io/v1',
      kind: 'Configuration',
      namespace: '',
      name: 'seldon-istio.yaml',
      field: ['accept', i],
      file: 'seldon-istio.yaml',
      line: 10 + i,
      column: 3,
      problem: `no finding of rule "${i === 0 ? 'sticky-header-kept' : 'unknown-model'}" needs the entry`,
      remedy: 'remove it, unless it is about files that were not checked',
      related: [],
    })));
  });

  test('a configuration among the manifests is ignored', () => {
    const manifest = parse('{ apiVersion: example.com/v1, kind: Configuration, accept: [{ rule: sticky-header-kept, reason: x }] }');
    const { objects } = clusterOf(route(''));
    const found = findingsOf(new Cluster([...objects, new ClusterObject(manifest, {})]), RULES);
    expect(found.filter(({ accepted }) => accepted !== undefined)).toEqual([]);
  });
});
