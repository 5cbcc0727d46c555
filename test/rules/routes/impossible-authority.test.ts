import { impossibleAuthority as rule } from '../../../src/rules/routes/impossible-authority';
import { problemsOf } from '../../support/cluster';

const route = (match: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: ['*.com']
  gateways: [istio-system/gateway]
  http: [{ match: ${match}, route: [{ destination: { host: iris, port: { number: 80 } } }] }]
`;

test('a wildcard as an exact host', () => {
  expect(problemsOf(rule, route("[{ uri: { prefix: /a } }, { authority: { exact: '*.com' } }]"))).toEqual([{
    at: 'error at VirtualService models/iris spec.http[0].match[1].authority.exact',
    problem: 'no request matches authority exact "*.com", since its "*" is compared as a character',
    remedy: 'use a regular expression such as ".+[.]com(:[0-9]+)?", or list the host in spec.hosts of a VirtualService for this rule',
    related: [],
  }]);
});

test('a wildcard in the beginning of a host', () => {
  expect(problemsOf(rule, route("[{ authority: { prefix: '*.models.' } }]"))).toMatchObject([{
    at: 'error at VirtualService models/iris spec.http[0].match[0].authority.prefix',
    remedy: 'use a regular expression such as ".+[.]models[.].*", or list the host in spec.hosts of a VirtualService for this rule',
  }]);
});

test.each([
  ['other hosts', "[{ authority: { exact: a.com } }, { authority: { prefix: a. } }, { authority: { regex: '.*' } }]"],
  ['other fields', "[{ uri: { exact: '/*' } }, { headers: { x: { exact: '*' } } }]"],
  ['values that are rejected', '[{ authority: { exact: 7 } }, { authority: [] }, 7]'],
  ['no matches', '7'],
])('none with %s', (_, match) => {
  expect(problemsOf(rule, route(match))).toEqual([]);
});
