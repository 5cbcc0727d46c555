import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway, GatewayProps } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { OperatorIstioOptions } from '../../../src/seldon/core1/annotations';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';

function chartOf(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function deployment(chart: Chart, props: Partial<SeldonDeploymentProps>): SeldonDeployment {
  return new SeldonDeployment(chart, 'iris', {
    predictors: [{ name: 'main', graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://x' }) }],
    ...props,
  });
}

function annotationOf(chart: Chart, istio: OperatorIstioOptions): string {
  return ApiObject.of(deployment(chart, { istio })).toJson().metadata.annotations['seldon.io/istio-gateway'];
}

const servers = (...given: GatewayServer[]): GatewayProps => ({ namespace: 'istio-system', servers: given });

describe('the operator\'s gateway', () => {
  test('is named with its namespace, also in the deployment\'s own', () => {
    const chart = chartOf('models');
    expect(annotationOf(chart, { gateway: new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' }) })).toEqual('istio-system/seldon-gateway');
    const own = chartOf('models');
    expect(annotationOf(own, { gateway: new Gateway(own, 'seldon-gateway') })).toEqual('models/seldon-gateway');
  });

  test('may be an existing one', () => {
    const chart = chartOf('models');
    expect(annotationOf(chart, { gateway: Gateway.fromGatewayName(chart, 'shared', 'mygateway', { namespace: 'ingress' }) })).toEqual('ingress/mygateway');
  });

  test('is named by its bare name where no namespace is specified', () => {
    const chart = chartOf();
    expect(annotationOf(chart, { gateway: new Gateway(chart, 'seldon-gateway') })).toEqual('seldon-gateway');
  });

  test('is what the operator writes into its routes', () => {
    const chart = chartOf('models');
    const made = deployment(chart, { istio: { gateway: new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' }) } });
    expect(OperatorRouter.preview(made).virtualServices.map((one) => (one as { spec: { gateways: string[] } }).spec.gateways))
      .toEqual([['istio-system/seldon-gateway']]);
  });

  test('may serve a part of the hosts', () => {
    const chart = chartOf('models');
    const gateway = new Gateway(chart, 'gw', servers(GatewayServer.http({ hosts: ['*.example.com'] })));
    expect(annotationOf(chart, { gateway, hosts: ['iris.example.com'] })).toEqual('istio-system/gw');
    const other = chartOf('models');
    expect(annotationOf(other, { gateway: new Gateway(other, 'gw', servers(GatewayServer.http({ hosts: ['a.example.com'] }))) })).toEqual('istio-system/gw');
  });

  test('fails without a namespace for a deployment that has one', () => {
    const gateway = { gatewayName: 'gw' };
    expect(() => deployment(chartOf('models'), { istio: { gateway } })).toThrow(new Error(
      'gateway "gw" has no namespace, and the route is in "models". A bare name refers to the namespace of the route. Set the namespace of the gateway (at chart/iris)'));
  });

  test('fails when it only redirects or passes bytes on', () => {
    const chart = chartOf('models');
    const gateway = new Gateway(chart, 'gw', servers(GatewayServer.http({ httpsRedirect: true }), GatewayServer.passthrough()));
    expect(() => deployment(chart, { istio: { gateway } }))
      .toThrow(new Error('gateway gw serves none of the hosts "*". Its servers serve none for routes of namespace "models". Route a host that the gateway serves, or remove the gateway (at chart/iris)'));
  });

  test('fails when it serves none of the hosts', () => {
    const chart = chartOf('models');
    const gateway = new Gateway(chart, 'gw', servers(GatewayServer.http({ hosts: ['a.example.com'] })));
    expect(() => deployment(chart, { istio: { gateway, hosts: ['b.example.com'] } })).toThrow(new Error(
      'gateway gw serves none of the hosts "b.example.com". Its servers serve "a.example.com" for routes of namespace "models". Route a host that the gateway serves, or remove the gateway (at chart/iris)'));
  });

  test('fails when its hosts are for routes of another namespace', () => {
    const chart = chartOf('models');
    const gateway = new Gateway(chart, 'gw', servers(GatewayServer.http({ hosts: ['other/*'] })));
    expect(() => deployment(chart, { istio: { gateway } }))
      .toThrow(new Error('gateway gw serves none of the hosts "*". Its servers serve none for routes of namespace "models". Route a host that the gateway serves, or remove the gateway (at chart/iris)'));
  });

  test('fails when the app creates it in another namespace', () => {
    const chart = chartOf('models');
    new Gateway(chart, 'seldon-gateway');
    const gateway = Gateway.fromGatewayName(chart, 'shared', 'seldon-gateway', { namespace: 'istio-system' });
    deployment(chart, { istio: { gateway } });
    expect(() => App.of(chart).synthYaml()).toThrow('istio of SeldonDeployment chart/iris refers to gateway "istio-system/seldon-gateway", '
      + 'but the app creates the Gateway of that name as chart/seldon-gateway in "models". ');
  });

  test('fails by its name', () => {
    expect(() => deployment(chartOf('models'), { istio: { gateway: 'istio-system/gw' as never } })).toThrow(new Error(
      'istio.gateway "istio-system/gw". Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one (at chart/iris)'));
  });

  test.each(['a,b', 'istio-system/a/b', 'Gw', ''])('fails as annotation %j', (value) => {
    expect(() => deployment(chartOf('models'), { metadata: { annotations: { 'seldon.io/istio-gateway': value } } })).toThrow(new Error(
      `annotation seldon.io/istio-gateway "${value}". Expected the name of one gateway, or its namespace and name separated by a slash (at chart/iris)`));
  });

  test.each(['mesh', 'gw', 'istio-system/gw'])('is taken as annotation %j', (value) => {
    const made = deployment(chartOf('models'), { metadata: { annotations: { 'seldon.io/istio-gateway': value } } });
    expect(ApiObject.of(made).toJson().metadata.annotations).toEqual({ 'seldon.io/istio-gateway': value });
  });
});
