import { IConstruct } from 'constructs';
import { ANNOTATION } from './annotations';
import { SeldonDeploymentManifest } from './manifest';
import { deploymentId, explainerPrefix, explainerVirtualService, GRPC_METHODS, ingressPrefix } from './names';
import { OperatorEnvironment, OperatorObjects, OperatorTlsMode } from './operator-environment';
import { PlannedPredictor, PlannedService, planPredictors } from './operator-pods';
import { ENGINE_PORTS } from './target';
import { checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkMember } from '../../plan/checks/type-checks';

type Json = { [field: string]: unknown };

/** The operator writes the domain of its own, whatever the cluster's is. */
const DOMAIN = 'svc.cluster.local';
const GATEWAY = 'istio-system/seldon-gateway';
const IDLE_TIMEOUT = '60s';
const RETRY_ON = 'gateway-error,connect-failure,refused-stream';

/**
 * What Seldon's operator makes of a SeldonDeployment: the Istio objects, the Services and the pods behind them.
 *
 * @internal
 */
export function operatorObjects(at: IConstruct | string, manifest: SeldonDeploymentManifest, environment: OperatorEnvironment): OperatorObjects {
  const { httpPort = ENGINE_PORTS.http, grpcPort = ENGINE_PORTS.grpc, tlsMode, gateway = GATEWAY } = environment;
  checkPort(at, 'httpPort of the operator', httpPort);
  checkPort(at, 'grpcPort of the operator', grpcPort);
  checkTlsMode(at, tlsMode);
  const { name, namespace = 'default' } = manifest.metadata;
  const predictors = planPredictors(manifest, { http: httpPort, grpc: grpcPort });
  const reader = new AnnotationReader(manifest);
  const ingress = {
    hosts: reader.get(ANNOTATION.istioHost, '*').split(',').map((host) => host.trim()),
    gateways: [reader.get(ANNOTATION.istioGateway, gateway)],
  };
  const object = (kind: string, objectName: string, spec: Json): Json => ({
    apiVersion: 'networking.istio.io/v1alpha3', kind, metadata: { name: objectName, namespace }, spec,
  });
  const virtualServices = [object('VirtualService', deploymentId(name), {
    ...ingress, http: routesOf(name, namespace, predictors, retriesOf(at, reader)),
  })];
  const trafficPolicy = tlsMode === undefined ? { connectionPool: { http: { idleTimeout: IDLE_TIMEOUT } } } : { tls: { mode: tlsMode } };
  const destinationRules: Json[] = [];
  for (const { predictor, service, version, explainer } of predictors) {
    const subsets = [{ name: predictor.name, labels: { version } }];
    destinationRules.push(object('DestinationRule', service, { host: `${service}.${namespace}.${DOMAIN}`, subsets, trafficPolicy }));
    if (explainer === undefined) continue;
    destinationRules.push(object('DestinationRule', explainer.service, { host: explainer.service, subsets }));
    virtualServices.push(object('VirtualService', explainerVirtualService(explainer.service), {
      ...ingress,
      http: [{
        match: [{ uri: { prefix: explainerPrefix(name, namespace, predictor.name) } }],
        rewrite: { uri: '/' },
        route: [{ destination: { host: explainer.service, subset: predictor.name, port: { number: explainer.port } }, weight: 100 }],
      }],
    }));
  }
  const headless = reader.get(ANNOTATION.headless, 'false') !== 'false';
  return {
    virtualServices: byName(virtualServices),
    destinationRules: byName(destinationRules),
    services: byName(predictors.flatMap(({ services }) => services.map((service) => serviceOf(service, namespace, headless)))),
    pods: predictors.flatMap(({ pods }) => pods).sort((a, b) => (a.deployment < b.deployment ? -1 : 1)),
  };
}

/** Annotations of the spec come before those of the object. */
class AnnotationReader {
  constructor(private readonly manifest: SeldonDeploymentManifest) {}

  public get(name: string, otherwise: string): string {
    const { spec, metadata } = this.manifest;
    return spec.annotations?.[name] ?? metadata.annotations?.[name] ?? otherwise;
  }
}

function checkTlsMode(at: IConstruct | string, tlsMode: string | undefined): void {
  if (tlsMode === 'STRICT') {
    throw invalid(at, 'tlsMode "STRICT" of the operator', 'Istio has no such mode for callers and the operator turns TLS off instead: say ISTIO_MUTUAL');
  }
  checkMember(at, 'tlsMode of the operator', tlsMode, OperatorTlsMode);
}

function retriesOf(at: IConstruct | string, reader: AnnotationReader): Json | undefined {
  const text = reader.get(ANNOTATION.istioRetries, '');
  if (text === '') return undefined;
  const attempts = wholeNumber(at, ANNOTATION.istioRetries, text);
  const seconds = wholeNumber(at, ANNOTATION.istioRetriesTimeout, reader.get(ANNOTATION.istioRetriesTimeout, '1'));
  return attempts > 0 ? { attempts, perTryTimeout: `${seconds}s`, retryOn: RETRY_ON } : undefined;
}

function wholeNumber(at: IConstruct | string, annotation: string, text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw invalid(at, `annotation ${annotation} ${show(text)}`, 'expected a whole number: the operator fails on others');
  return Number(text);
}

function routesOf(name: string, namespace: string, predictors: readonly PlannedPredictor[], retries: Json | undefined): Json[] {
  const rule = (protocol: 'http' | 'grpc', match: Json, rewrite?: Json): Json => {
    const destination = ({ predictor, service, ports }: PlannedPredictor): Json => ({
      host: `${service}.${namespace}.${DOMAIN}`, subset: predictor.name, port: { number: ports[protocol] },
    });
    // Of several shadows, which the webhook refuses, the last one would win.
    const shadow = predictors.filter(({ predictor }) => predictor.shadow).pop();
    const percent = shadow?.predictor.traffic ?? 0;
    return {
      match: [match],
      ...rewrite === undefined ? {} : { rewrite },
      ...retries === undefined ? {} : { retries },
      ...shadow === undefined ? {} : { mirror: destination(shadow) },
      ...percent > 0 ? { mirrorPercentage: { value: percent } } : {},
      // A weight of 0 is not written.
      route: predictors.filter(({ predictor }) => !predictor.shadow).map((planned) => ({
        destination: destination(planned), ...planned.predictor.traffic ? { weight: planned.predictor.traffic } : {},
      })),
    };
  };
  return [
    rule('http', { uri: { prefix: ingressPrefix(name, namespace) } }, { uri: '/' }),
    rule('grpc', { uri: { regex: GRPC_METHODS }, headers: { seldon: { exact: name }, namespace: { exact: namespace } } }),
  ];
}

function serviceOf({ name, ports, selector, external }: PlannedService, namespace: string, headless: boolean): Json {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'ClusterIP',
      ...external && headless ? { clusterIP: 'None' } : {},
      selector: { ...selector },
      ports: Object.entries(ports).map(([port, number]) => ({ name: port, protocol: 'TCP', port: number, targetPort: number })),
    },
  };
}

function byName(objects: readonly Json[]): Json[] {
  const nameOf = ({ metadata }: Json): string => (metadata as { name: string }).name;
  return [...objects].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
