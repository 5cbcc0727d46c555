import { ANNOTATION, annotationOf, hostsIn } from './annotations';
import { asStored } from './as-stored';
import { ENGINE_PORTS, OPERATOR_GATEWAY, OPERATOR_RETRY_ON } from './defaults';
import { OperatorEnvironment } from './environment';
import { checkForm } from './form';
import { SeldonDeploymentManifest } from './manifest';
import { deploymentId, explainerPrefix, explainerVirtualService, GRPC_METHODS, ingressPrefix } from './names';
import { OperatorObjects } from './objects';
import { PlannedPredictor, PlannedService, planPredictors } from './predictors';
import { invalid, show } from '../../plan/checks/errors';

type Json = { [field: string]: unknown };

/** The operator writes this domain even where the domain of the cluster is another one. */
const DOMAIN = 'svc.cluster.local';
const IDLE_TIMEOUT = '60s';

/**
 * The objects that Seldon's operator creates for a SeldonDeployment: the Istio objects, the Services and the pods behind them.
 *
 * @param written The manifest of the SeldonDeployment, such as parsed YAML.
 * @param environment Settings of the operator.
 * @param at What errors name as the origin of the manifest.
 * @throws an error when the API server would reject the manifest, or the operator would fail.
 * @internal
 */
export function operatorObjects(written: SeldonDeploymentManifest, environment: OperatorEnvironment = {}, at = describe(written)): OperatorObjects {
  checkForm(at, written);
  const manifest = asStored(written);
  const { httpPort = ENGINE_PORTS.http, grpcPort = ENGINE_PORTS.grpc, tlsMode, gateway = OPERATOR_GATEWAY } = environment;
  const { name, namespace = 'default' } = manifest.metadata;
  const predictors = planPredictors(manifest, { http: httpPort, grpc: grpcPort });
  const ingress = {
    hosts: hostsIn(annotationOf(manifest, ANNOTATION.istioHost)),
    gateways: [annotationOf(manifest, ANNOTATION.istioGateway) ?? gateway],
  };
  const object = (kind: string, objectName: string, spec: Json): Json => ({
    apiVersion: 'networking.istio.io/v1alpha3', kind, metadata: { name: objectName, namespace }, spec,
  });
  const virtualServices = [object('VirtualService', deploymentId(name), {
    ...ingress, http: routesOf(name, namespace, predictors, retriesOf(at, manifest)),
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
  const headless = (annotationOf(manifest, ANNOTATION.headless) ?? 'false') !== 'false';
  return {
    virtualServices: byName(virtualServices),
    destinationRules: byName(destinationRules),
    services: byName(predictors.flatMap(({ services }) => services.map((service) => serviceOf(service, namespace, headless)))),
    pods: predictors.flatMap(({ pods }) => pods).sort((a, b) => (a.deployment < b.deployment ? -1 : 1)),
  };
}

function describe(written: Partial<SeldonDeploymentManifest> | null | undefined): string {
  const { name, namespace } = written?.metadata ?? {};
  return name === undefined ? 'a SeldonDeployment without a name' : `SeldonDeployment ${namespace ?? 'default'}/${name}`;
}

function retriesOf(at: string, manifest: SeldonDeploymentManifest): Json | undefined {
  const text = annotationOf(manifest, ANNOTATION.istioRetries) ?? '';
  if (text === '') return undefined;
  const attempts = wholeNumber(at, ANNOTATION.istioRetries, text);
  const seconds = wholeNumber(at, ANNOTATION.istioRetriesTimeout, annotationOf(manifest, ANNOTATION.istioRetriesTimeout) ?? '1');
  return attempts > 0 ? { attempts, perTryTimeout: `${seconds}s`, retryOn: OPERATOR_RETRY_ON.join(',') } : undefined;
}

function wholeNumber(at: string, annotation: string, text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw invalid(at, `annotation ${annotation} ${show(text)}`, 'expected a whole number, since the operator fails on anything else');
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
