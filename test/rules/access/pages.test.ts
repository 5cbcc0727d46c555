import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { Cluster } from '../../../src/cluster/cluster';
import { ClusterObject } from '../../../src/cluster/cluster-object';
import { isObject } from '../../../src/cluster/json';
import { ACCESS_RULES } from '../../../src/rules/access/all';
import { Level, Rule } from '../../../src/rules/rule';
import { findingsOf } from '../../../src/rules/run';
import { clusterOf } from '../../support/cluster';

test('rules are ordered by name', () => {
  const ids = ACCESS_RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

describe.each(ACCESS_RULES.map((rule): [string, Rule] => [rule.id, rule]))('%s', (id, rule) => {
  test('finds the fault in the first example and only there', () => {
    expect(findingsOf(clusterOf(rule.page.wrong), [rule]).length).toBeGreaterThan(0);
    expect(findingsOf(clusterOf(rule.page.right), ACCESS_RULES).filter(({ level, rule: found }) => level !== Level.INFO || found === id)).toEqual([]);
  });

  test('never throws, whatever the manifests contain', () => {
    for (const kind of ['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication']) {
      for (const spec of ['null', '[]', '{ rules: {} }', '{ rules: [null, 1, {from: 1, to: {}, when: [null]}], action: 1 }', '{ rules: [{from: [null], to: [1], when: [{key: 1}]}] }',
        '{ selector: 1, targetRefs: [null, 1], targetRef: 1, jwtRules: [null, {}], mtls: 1, portLevelMtls: [] }', '{ selector: { matchLabels: [1] }, provider: [] }']) {
        const yaml = `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: {}\nspec: ${spec}\n`;
        expect(() => findingsOf(clusterOf(yaml), [rule])).not.toThrow();
      }
    }
  });
});

test('the committed manifests have no errors', () => {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const folders = new Map<string, ClusterObject[]>();
  for (const file of files) {
    const folder = file.split('/')[0];
    const objects = parseAllDocuments(readFileSync(join('dist', file), 'utf8')).map((document): unknown => document.toJS()).filter(isObject);
    folders.set(folder, [...folders.get(folder) ?? [], ...objects.map((manifest) => new ClusterObject(manifest, { file }))]);
  }
  const findings = [...folders.values()].flatMap((objects) => findingsOf(new Cluster(objects), ACCESS_RULES));
  expect(findings.map(({ level, rule, name, problem }) => [level, rule, name, problem])).toEqual([]);
});
