import { shadowHost } from '../../../src/answers/delivery/shadow-host';
import { rules } from '../../support/routes';
import { hopOf, OBSERVED } from '../../support/second-hop';

test.each([['models.test', 'models.test-shadow'], ['models.test:8080', 'models.test-shadow:8080'], ['models', 'models-shadow']])('%s becomes %s', (host, expected) => {
  expect(shadowHost(host)).toBe(expected);
});

test.each<[istioVersion: string | undefined, host: string]>([[undefined, 'h.test'], ['1.28', 'h.test'], ['1.27', 'h.test-shadow'], ['1.22.3', 'h.test-shadow']])(
  'a mirror of Istio %s receives requests for %s', (istioVersion, host) => {
    const { outcomes, mirrors } = rules(['{route: [{destination: {host: a.test, port: {number: 80}}}], mirror: {host: b.test, port: {number: 80}}}'],
      ['a', 'b'].map((name) => `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: ${name}, namespace: models}, spec: {hosts: [${name}.test], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}\n---\n`).join(''),
      { istioVersion }).case('http://h.test/');
    expect([outcomes[0].delivered?.authority, ...mirrors.map(({ delivered }) => delivered.authority)]).toEqual(['h.test', host]);
  });

test('the mirror of an Experiment receives requests for another host', () => {
  const [{ outcomes, mirrors }] = hopOf(OBSERVED, { headers: [['seldon-model', 'shadow.experiment']] }).cases;
  expect([...outcomes, ...mirrors].map(({ delivered }) => delivered?.authority)).toEqual(['models.test', 'models.test-shadow']);
});
