import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { messageOf } from './errors';
import { manifestOf, testChart } from './manifests';
import { Gateway } from '../../src/istio/gateway/gateway';
import { GatewayServer } from '../../src/istio/gateway/gateway-server';
import { ServiceBackend } from '../../src/istio/service/service-backend';
import { IBackend } from '../../src/plan/backend';
import { IGateway } from '../../src/plan/gateway-ref';
import { Model } from '../../src/seldon/core2/model';

/** Two backends behind a gateway. */
export interface World {
  readonly chart: Chart;
  readonly gateways: IGateway[];
  readonly v1: IBackend;
  readonly v2: IBackend;
}

/** Plain Services for REST and gRPC, which can also be mirrored to. */
export function services(...hosts: string[]): World {
  const chart = testChart();
  return { chart, gateways: [gatewayOf(chart, ...hosts)], v1: service('v1'), v2: service('v2') };
}

/** Models of Seldon Core 2. */
export function models(): World {
  const chart = testChart();
  const [v1, v2] = ['iris1', 'iris2'].map((name) => new Model(chart, name, { storageUri: `gs://models/${name}` }));
  return { chart, gateways: [gatewayOf(chart)], v1, v2 };
}

export function service(name: string): ServiceBackend {
  return ServiceBackend.of({ name, namespace: 'ml', port: 8080, grpcPort: 9090 });
}

export function gatewayOf(chart: Chart, ...hosts: string[]): Gateway {
  return new Gateway(chart, 'seldon-gateway', {
    namespace: 'istio-system',
    servers: [GatewayServer.http({ hosts: hosts.length === 0 ? undefined : hosts })],
  });
}

interface Rule {
  readonly name: string;
  readonly match: { readonly headers?: object; readonly queryParams?: object; readonly uri: object }[];
  readonly route: { readonly destination: { readonly host: string; readonly port: object }; readonly weight?: number; readonly headers?: object }[];
  readonly mirrors?: object[];
}

/** The rules of the only VirtualService of a chart. */
export function rulesOf({ chart }: { readonly chart: Chart }): Rule[] {
  return manifestOf(chart, 'VirtualService').spec.http;
}

/** A rule in short: its name, and the Services that answer with their weights. */
export function inShort({ name, route }: Rule): string {
  return `${name}: ${route.map(({ destination, weight }) => destination.host.split('.')[0] + (weight === undefined ? '' : ` ${weight}`)).join(', ')}`;
}

/** All manifests of a world in which something was made. */
export function written(world: World, make: (world: World) => Construct): object[] {
  make(world);
  return Testing.synth(world.chart);
}

/** The message with which making something fails. */
export function failure(world: World, make: (world: World) => Construct): string {
  return messageOf(() => make(world));
}
