import { App, Chart } from 'cdk8s';
import { Mesh } from '../../src/mesh/mesh';
import { Warnings } from '../../src/mesh/warnings';
import { StringMatch } from '../../src/plan/string-match';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { EndpointProps } from '../../src/traffic/endpoint-props';
import { ModelRoute } from '../../src/traffic/model-route';
import { predictor } from '../support/core1';
import { manifestOf } from '../support/manifests';

const METRICS = '/seldon/models/iris/prometheus';

/** A route to a predictor, whose metrics share its port with requests. */
function routed(istioVersion: string | undefined, props: Partial<EndpointProps> = {}): { answered: string[]; warnings: string[] } {
  const app = new App();
  Mesh.configure(app, { istioVersion, operatorIstio: false });
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const iris = new SeldonDeployment(chart, 'iris', { predictors: [predictor()] });
  const gateway = { gatewayName: 'gw', gatewayNamespace: 'istio-system' };
  new ModelRoute(chart, 'route', { gateways: [gateway], backend: iris.predictor('main'), ...props });
  const { spec } = manifestOf(chart, 'VirtualService');
  const rules = spec.http as { match?: { uri?: { exact: string } }[]; directResponse?: { status: number } }[];
  const answered = rules.filter(({ directResponse }) => directResponse?.status === 404).map(({ match }) => match![0].uri!.exact);
  return { answered, warnings: Warnings.find(app) };
}

describe('what a predictor hides from callers', () => {
  test.each([undefined, '1.15', '1.26'])('gets 404 with Istio %s', (istioVersion) => {
    expect(routed(istioVersion)).toMatchObject({ answered: [METRICS], warnings: [] });
  });

  test('is left to callers with Istio 1.14, with a warning', () => {
    jest.spyOn(console, 'warn').mockImplementation();
    expect(routed('1.14')).toEqual({
      answered: [],
      warnings: [
        `callers can read ${METRICS}, which backends answer only inside the cluster, such as their metrics. Istio can answer such paths with 404 since 1.15, `
        + 'and istioVersion is older. Deny them by an AuthorizationPolicy, or accept it with directResponses: [] (at chart/route)',
      ],
    });
  });

  test.each(['1.14', '1.26'])('is left to callers by an empty list, with Istio %s', (istioVersion) => {
    expect(routed(istioVersion, { directResponses: [] })).toMatchObject({ answered: [], warnings: [] });
  });

  test('gets 404 together with an answer of the user\'s own', () => {
    expect(routed('1.15', { directResponses: [{ path: StringMatch.exact('/seldon/models/iris/live'), status: 404 }] }).answered)
      .toEqual(['/seldon/models/iris/live', METRICS]);
  });
});

test('fails for an answer of the user\'s own with Istio 1.14', () => {
  expect(() => routed('1.14', { directResponses: [{ path: StringMatch.exact('/seldon/models/iris/live'), status: 404 }] })).toThrow(/directResponse with istioVersion "1\.14"/);
});
