import { Warnings } from '../../../src/mesh/warnings';
import { AuthorizationPolicy } from '../../../src/security/authorization/authorization-policy';
import { findFixedTrustDomains } from '../../../src/security/authorization/fixed-trust-domain';
import { testChart } from '../../support/manifests';

test.each([
  ['cluster.local/ns/models/*', true],
  ['cluster.local/*', true],
  ['cluster.local/ns/models/sa/*', false],
  ['cluster.local/ns/models/sa/client', false],
  ['*/ns/models/sa/client', false],
  ['example.com/ns/models/*', false],
  ['*', false],
])('%s: %p', (value, isFixed) => {
  const expected = isFixed ? [value] : [];
  expect(findFixedTrustDomains([{ from: [{ principals: [value] }] }])).toEqual(expected);
  expect(findFixedTrustDomains([{ from: [{ notPrincipals: [value] }] }])).toEqual(expected);
  expect(findFixedTrustDomains([{ when: [{ key: 'source.principal', values: [value] }] }])).toEqual(expected);
  expect(findFixedTrustDomains([{ when: [{ key: 'source.principal', notValues: [value] }, { key: 'source.namespace', values: [value] }] }])).toEqual(expected);
});

test('other attributes are not identities', () => {
  expect(findFixedTrustDomains([{ when: [{ key: 'request.headers[x-spiffe]', values: ['cluster.local/ns/models/*'], notValues: ['cluster.local/*'] }] }])).toEqual([]);
});

test('a policy gets a warning', () => {
  const policy = new AuthorizationPolicy(testChart(), 'callers', {
    selector: { app: 'iris' }, rules: [{ from: [{ principals: ['cluster.local/ns/models/*', 'cluster.local/ns/*'] }] }],
  });
  expect(Warnings.find(policy)).toEqual([
    'principal "cluster.local/ns/models/*" matches no caller in a mesh whose trust domain is not cluster.local, which Istio replaces only in identities with five parts. '
      + 'Use namespaces: ["models"], or "cluster.local/ns/models/sa/*" (at test/callers)',
    'principal "cluster.local/ns/*" matches no caller in a mesh whose trust domain is not cluster.local, which Istio replaces only in identities with five parts. '
      + 'Use namespaces (at test/callers)',
  ]);
});
