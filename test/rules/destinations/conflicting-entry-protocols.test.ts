import { conflictingEntryProtocols as rule } from '../../../src/rules/destinations/conflicting-entry-protocols';
import { levelsOf, problemsOf } from '../../support/cluster';

const entry = (namespace: string, ports: string, more = '') => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: store, namespace: ${namespace}}
spec: {hosts: [Store.example.com], resolution: DNS, ports: [${ports}]${more}}
---
`;
const port = (number: number, protocol: string) => `{number: ${number}, name: ${protocol.toLowerCase()}-${number}, protocol: ${protocol}}`;

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at ServiceEntry training/store spec.ports[0].protocol',
    problem: 'port 8443 of host "store.example.com" has protocol HTTP in ServiceEntry training/store, and TLS in ServiceEntry models/store, and only one of them applies',
    remedy: 'give the port the same protocol in both',
    related: ['ServiceEntry models/store spec.ports[0].protocol'],
  }]);
});

test('a port without a protocol is TCP', () => {
  const [first, second] = [entry('a', '{number: 80, name: tcp}'), entry('b', port(80, 'HTTP'))];
  expect(problemsOf(rule, first + second).map(({ problem }) => problem))
    .toEqual(['port 80 of host "Store.example.com" has protocol HTTP in ServiceEntry b/store, and TCP in ServiceEntry a/store, and only one of them applies']);
});

test('sidecars of one namespace see both', () => {
  expect(levelsOf(rule, entry('a', port(80, 'HTTP'), ', exportTo: [c, .]') + entry('b', port(80, 'TCP'), ', exportTo: [c]'))).toEqual(['warning']);
});

test.each([
  ['the same protocol, in other capitals', entry('a', port(80, 'HTTP')) + entry('b', port(80, 'http'))],
  ['other ports', entry('a', port(80, 'HTTP')) + entry('b', port(81, 'TCP'))],
  ['namespaces that do not see each other', entry('a', port(80, 'HTTP'), ', exportTo: [.]') + entry('b', port(80, 'TCP'), ', exportTo: [.]')],
  ['an entry that nothing sees', entry('a', port(80, 'HTTP'), ', exportTo: ["~"]') + entry('b', port(80, 'TCP'), ', exportTo: ["~"]')],
  ['malformed ports', entry('a', '7, {number: x}') + entry('b', port(80, 'TCP'))],
])('%s', (_what, yaml) => {
  expect(levelsOf(rule, yaml)).toEqual([]);
});

const entries = (...specs: object[]) => specs.map((spec, i) => JSON.stringify({
  apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: `store-${i}`, namespace: 'models' }, spec: { resolution: 'DNS', ...spec },
})).join('\n---\n');
const ports = (...written: [number, string][]) => written.map(([number, protocol]) => ({ number, name: `p-${number}`, protocol }));

test('hosts are compared without their case', () => {
  expect(problemsOf(rule, entries({ hosts: ['STORE.example.com'], ports: ports([80, 'HTTP']) }, { hosts: ['store.Example.com'], ports: ports([80, 'TCP']) })).map(({ at }) => at))
    .toEqual(['warning at ServiceEntry models/store-1 spec.ports[0].protocol']);
});

test('each port is reported once, for the first of its hosts', () => {
  const hosts = ['a.example.com', 'b.example.com'];
  expect(problemsOf(rule, entries({ hosts, ports: ports([80, 'HTTP'], [81, 'HTTP'], [82, 'TLS']) }, { hosts, ports: ports([81, 'TCP'], [80, 'TCP'], [82, 'TLS']) }))
    .map(({ at, problem, related }) => [at.split(' ').pop(), problem.split(' has ')[0], related])).toEqual([
    ['spec.ports[0].protocol', 'port 81 of host "a.example.com"', ['ServiceEntry models/store-0 spec.ports[1].protocol']],
    ['spec.ports[1].protocol', 'port 80 of host "a.example.com"', ['ServiceEntry models/store-0 spec.ports[0].protocol']],
  ]);
});

test('ports of one entry, and ports without a number, are no conflict', () => {
  expect(levelsOf(rule, entries({ hosts: ['a.example.com'], ports: [...ports([80, 'HTTP'], [80, 'TCP']), 'text', { protocol: 'TCP' }] }, { hosts: ['a.example.com'], ports: [{ protocol: 'HTTP' }] })))
    .toEqual([]);
});
