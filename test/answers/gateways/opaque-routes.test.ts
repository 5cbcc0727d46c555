import { Answers } from '../../support/answers';
import { document, gateway } from '../../support/routes';

const SERVERS = [
  "{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ['*.test']}",
  "{port: {number: 443, name: tls, protocol: TLS}, hosts: ['*.test'], tls: {mode: PASSTHROUGH}}",
  "{port: {number: 8443, name: ended, protocol: TLS}, hosts: ['*.test'], tls: {mode: SIMPLE, credentialName: cert}}",
];
const to = (name: string) => `route: [{destination: {host: ${name}, port: {number: 443}}}]`;
const tls = (names: string, backend: string, more = '') => `{match: [{sniHosts: [${names}]${more}}], ${to(backend)}}`;
const tcp = (backend: string, match = '') => `{${match === '' ? '' : `match: [{${match}}], `}${to(backend)}}`;

interface Rules {
  readonly tls?: string;
  readonly tcp?: string;
  readonly hosts?: string;
  readonly created?: string;
  readonly more?: string;
}

function connections(name: string, { tls: forTls = '', tcp: forTcp = '', hosts = "['*.test']", created, more = '' }: Rules): string {
  return document('VirtualService', name, 'models', `{hosts: ${hosts}, gateways: [istio-system/gateway], ${more} tls: [${forTls}], tcp: [${forTcp}]}`, created);
}

const [OLD, NEW] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
const answersFor = (routes: string) => new Answers(gateway('gateway', SERVERS.join(', ')) + routes);

test.each<[title: string, routes: string, url: string, answer: string]>([
  ['the most precise server name', connections('a', { tls: `${tls("'*.test'", 'wide')}, ${tls('a.test', 'exact')}` }), 'https://a.test/', 'exact.models:443'],
  ['server names in upper case', connections('a', { tls: tls('A.Test', 'a') }), 'https://a.test/', 'a.models:443'],
  ['a name without a rule', connections('a', { tls: tls('a.test', 'a') }), 'https://b.test/', 'refused'],
  ['a match with a name that an earlier one has is dropped as a whole',
    connections('a', { tls: `${tls('a.test', 'first')}, ${tls('a.test, b.test', 'second')}` }), 'https://b.test/', 'refused'],
  ['a match for another port', connections('a', { tls: tls('a.test', 'a', ', port: 8443') }), 'https://a.test/', 'refused'],
  ['a match for this port', connections('a', { tls: tls('a.test', 'a', ', port: 443') }), 'https://a.test/', 'a.models:443'],
  ['a match for another gateway', connections('a', { tls: tls('a.test', 'a', ', gateways: [mesh]') }), 'https://a.test/', 'refused'],
  ['a match for this gateway', connections('a', { tls: tls('a.test', 'a', ', gateways: [istio-system/gateway]') }), 'https://a.test/', 'a.models:443'],
  ['a VirtualService without a common host', connections('a', { hosts: '[a.org]', tls: tls('a.test', 'a') }), 'https://a.test/', 'refused'],
  ['a VirtualService for another namespace', connections('a', { more: "exportTo: ['.'],", tls: tls('a.test', 'a') }), 'https://a.test/', 'refused'],
  ['rules for TCP are not for TLS that is passed through', connections('a', { tcp: tcp('a') }), 'https://a.test/', 'refused'],
  ['TLS that ends at the gateway is routed as TCP', connections('a', { tls: tls('a.test', 'wrong'), tcp: tcp('a') }), 'https://a.test:8443/', 'a.models:443'],
  ['the first rule for TCP', connections('a', { tcp: `${tcp('first')}, ${tcp('second')}` }), 'http://a.test:31400/', 'first.models:443'],
  ['a rule for TCP on another port', connections('a', { tcp: `${tcp('first', 'port: 9999')}, ${tcp('second')}` }), 'http://a.test:31400/', 'second.models:443'],
  ['a rule for TCP with a port of zero', connections('a', { tcp: tcp('first', 'port: 0') }), 'http://a.test:31400/', 'first.models:443'],
  ['no rule for TCP', connections('a', { tls: tls('a.test', 'a') }), 'http://a.test:31400/', 'refused'],
])('connections that a gateway forwards: %s', (_title, routes, url, answer) => {
  expect(answersFor(routes).to(url)).toBe(answer);
});

test('server names and TCP of two VirtualServices depend on their age', () => {
  const rules = (backend: string) => ({ tls: tls('a.test', backend), tcp: tcp(backend) });
  const cases = ['a', 'b'].map((name) => `if VirtualService models/${name} is the oldest of those that match: ${name}.models:443`).join(' | ');
  const unknown = answersFor(connections('a', rules('a')) + connections('b', rules('b')));
  expect([unknown.to('https://a.test/'), unknown.to('http://a.test:31400/')]).toEqual([cases, cases]);

  const known = answersFor(connections('a', { ...rules('a'), created: NEW }) + connections('b', { ...rules('b'), created: OLD }));
  expect([known.to('https://a.test/'), known.to('http://a.test:31400/')]).toEqual(['b.models:443', 'b.models:443']);

  const three = answersFor(connections('a', { ...rules('a'), created: NEW }) + connections('b', { ...rules('b'), created: OLD }) + connections('c', rules('c')));
  expect(three.to('https://a.test/')).toBe(cases.replaceAll(/a( is|\.models)/g, 'c$1').split(' | ').reverse().join(' | '));
});

test('a rule with a more precise name or an equal answer does not depend on the age', () => {
  const answers = answersFor(connections('a', { tls: `${tls("'*.test'", 'wide')}, ${tls('c.test', 'same')}`, tcp: tcp('same') }) + connections('b', { tls: `${tls('a.test', 'exact')}, ${tls('c.test', 'same')}`, tcp: tcp('same') }));
  expect(['https://a.test/', 'https://b.test/', 'https://c.test/', 'http://a.test:31400/'].map((url) => answers.to(url)))
    .toEqual(['exact.models:443', 'wide.models:443', 'same.models:443', 'same.models:443']);
});

test('a VirtualService that only the namespace of the gateway sees comes first', () => {
  const own = document('VirtualService', 'own', 'istio-system', '{hosts: ["*.test"], gateways: [gateway], exportTo: ["."], tcp: [{route: [{destination: {host: own.models.svc.cluster.local, port: {number: 443}}}]}]}');
  expect(answersFor(connections('a', { tcp: tcp('a') }) + own).to('http://a.test:31400/')).toBe('own.models:443');
});

test('its names are taken even where a more precise one has another rule', () => {
  const own = connections('own', { tls: tls('a.test, "*.test"', 'own'), more: 'exportTo: [istio-system],' });
  const answers = answersFor(connections('a', { tls: `${tls('a.test, b.test', 'dropped')}, ${tls('b.test', 'second')}` }) + own);
  expect(['https://a.test/', 'https://b.test/', 'https://c.test/'].map((url) => answers.to(url))).toEqual(['own.models:443', 'second.models:443', 'own.models:443']);
});

test('a connection without a destination is closed', () => {
  const answers = answersFor(`${connections('a', { tcp: tcp('absent') })}${document('Service', 'iris', 'models', '{ports: [{port: 80, name: http}]}')}`);
  expect(answers.case('http://a.test:31400/').outcomes[0].responder).toEqual({ kind: 'refused', reason: 'there is no Service or ServiceEntry for host absent.models.svc.cluster.local' });
});
