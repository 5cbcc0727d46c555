import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AmbassadorOptions, ExecutorOptions, OperatorIstioOptions } from './annotations';
import { PredictorProps } from './predictor-props';
import { SeldonDeploymentProps } from './seldon-deployment-props';
import { ANNOTATION } from '../../cluster/core1-operator/annotations';
import { checkCoverage } from '../../istio/gateway/gateway-coverage';
import { gatewayReference } from '../../istio/gateway/gateway-reference';
import { GatewayRegistry } from '../../istio/gateway/gateway-registry';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { findAnnotationProblems } from '../../objects/core1/annotation-names';
import { checkDnsLabel, checkHost, checkInt32, checkInteger, isDnsLabel } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';

type Annotations = { [name: string]: string };

const MAX_INT32 = 2147483647;

/** Annotations that have no effect on the object itself, but only on the spec or on pods, which inherit them from there. */
const ON_SPEC_ONLY: { readonly [annotation: string]: string } = {
  [ANNOTATION.separateEngine]: 'executor.separatePod',
  [ANNOTATION.noStorageInitializer]: 'storageInitializer',
  [ANNOTATION.restTimeout]: 'executor.restTimeout',
  [ANNOTATION.grpcTimeout]: 'executor.grpcTimeout',
  [ANNOTATION.grpcMaxMessageSize]: 'executor.grpcMaxMessageSize',
};

/** Annotations that have an effect on a predictor only. */
const ON_PREDICTOR_ONLY: { readonly [annotation: string]: string } = {
  [ANNOTATION.noEngine]: 'noEngine of the predictor',
  [ANNOTATION.serviceName]: 'serviceName of the predictor',
};

/**
 * Annotations of the SeldonDeployment itself: the Istio objects that the operator writes.
 *
 * @internal
 */
export function metadataAnnotations(at: IConstruct, props: SeldonDeploymentProps, namespace: string | undefined): Annotations {
  const given = props.metadata?.annotations ?? {};
  for (const name of Object.keys(given)) {
    const right = ON_SPEC_ONLY[name] ?? ON_PREDICTOR_ONLY[name];
    if (right !== undefined) throw invalid(at, `annotation ${name} in the metadata`, `the operator does not read it there. Use ${right}`);
  }
  checkSeldonAnnotations(at, 'the metadata', given);
  for (const name of [ANNOTATION.istioRetries, ANNOTATION.istioRetriesTimeout]) {
    const value = given[name];
    if (value !== undefined && !/^[-+]?\d+$/.test(value)) throw invalid(at, `annotation ${name} ${show(value)}`, 'expected a whole number, since the operator fails on anything else');
  }
  const gateway = given[ANNOTATION.istioGateway];
  if (gateway !== undefined && !isGatewayName(gateway)) {
    throw invalid(at, `annotation ${ANNOTATION.istioGateway} ${show(gateway)}`, 'expected the name of one gateway, or its namespace and name separated by a slash');
  }
  const timeout = given[ANNOTATION.istioRetriesTimeout];
  if (timeout !== undefined && Number(timeout) < 1) {
    throw invalid(at, `annotation ${ANNOTATION.istioRetriesTimeout} ${show(timeout)}`, 'expected 1 second or more, since Istio rejects the operator\'s route otherwise');
  }
  return merge(at, 'metadata', given, {
    ...props.istio === undefined ? {} : istioAnnotations(at, props.istio, namespace),
    ...props.headlessServices ? { [ANNOTATION.headless]: 'true' } : {},
  });
}

/**
 * Checks that the operator's routes will be behind the gateway that they name.
 *
 * @internal
 */
export function checkOperatorGateway(at: IConstruct, { gateway, hosts }: OperatorIstioOptions, namespace: string | undefined): void {
  if (gateway === undefined) return;
  checkCoverage(at, [gateway], hosts ?? ['*'], namespace);
  GatewayRegistry.of(at).name(at, () => `istio of SeldonDeployment ${pathOf(at)}`, [gateway]);
}

/**
 * Annotations for the operator's Istio objects.
 *
 * @internal
 */
export function istioAnnotations(at: IConstruct, istio: OperatorIstioOptions, namespace: string | undefined): Annotations {
  const { gateway, mesh, hosts, retries, retriesTimeout } = istio;
  const found: Annotations = {};
  if (mesh && gateway !== undefined) {
    throw invalid(at, `gateway ${show(gateway.gatewayName)} and callers inside the mesh`, 'the operator\'s routes have one gateway. Set one of the two');
  }
  if (mesh && (hosts?.length !== 1 || hosts[0].startsWith('*'))) {
    throw invalid(at, `hosts ${(hosts ?? []).join(', ') || 'none'} for callers inside the mesh`, 'their routes need one host, without a wildcard');
  }
  if (mesh) found[ANNOTATION.istioGateway] = 'mesh';
  if (gateway !== undefined) found[ANNOTATION.istioGateway] = gatewayReference(at, gateway, namespace);
  if (hosts !== undefined) {
    if (hosts.length === 0) throw invalid(at, 'an empty list of hosts in istio', 'set at least one, or leave hosts out for all hosts');
    for (const host of hosts) checkHost(at, 'host in istio', host);
    if (hosts.length > 1) Mesh.of(at)._seldon.require(at, 'several hosts in istio', '1.18');
    found[ANNOTATION.istioHost] = hosts.join(',');
  }
  checkInt32(at, 'retries in istio', retries);
  if (retries !== undefined) found[ANNOTATION.istioRetries] = String(retries);
  if (retriesTimeout !== undefined) {
    if (retries === undefined) throw invalid(at, 'retriesTimeout in istio without retries', 'set retries as well');
    const ms = retriesTimeout.toMilliseconds({ integral: false });
    if (ms < 1000 || ms % 1000 !== 0) throw invalid(at, `retriesTimeout of ${ms} ms in istio`, 'the operator accepts only whole seconds, 1 or more');
    found[ANNOTATION.istioRetriesTimeout] = String(ms / 1000);
  }
  return found;
}

/**
 * Annotations of the spec, which the operator copies to all pods.
 *
 * @internal
 */
export function specAnnotations(at: IConstruct, props: SeldonDeploymentProps): Annotations | undefined {
  const given = props.annotations ?? {};
  for (const name of Object.keys(given)) {
    if (name.startsWith('seldon.io/istio-')) {
      throw invalid(at, `annotation ${name} on the spec`, 'it would be copied to all pods, and a change would restart them. Use istio, or metadata.annotations');
    }
    if (name in ON_PREDICTOR_ONLY) throw invalid(at, `annotation ${name} on the spec`, `the operator does not read it there. Use ${ON_PREDICTOR_ONLY[name]}`);
  }
  checkSeldonAnnotations(at, 'the spec', given);
  const all = merge(at, 'spec', given, {
    ...props.storageInitializer === false ? { [ANNOTATION.noStorageInitializer]: 'true' } : {},
    ...props.executor === undefined ? {} : executorAnnotations(at, props.executor),
    ...props.ambassador === undefined ? {} : ambassadorAnnotations(at, props.ambassador),
  });
  return Object.keys(all).length === 0 ? undefined : all;
}

function executorAnnotations(at: IConstruct, executor: ExecutorOptions): Annotations {
  const found: Annotations = {};
  if (executor.separatePod) found[ANNOTATION.separateEngine] = 'true';
  const time = (name: string, annotation: string, value: Duration | undefined): void => {
    if (value === undefined) return;
    const ms = value.toMilliseconds({ integral: false });
    if (ms < 1 || !Number.isInteger(ms)) throw invalid(at, `${name} of ${ms} ms in executor`, 'expected 1 ms or more, in whole milliseconds');
    found[annotation] = String(ms);
  };
  const count = (name: string, annotation: string, value: number | undefined): void => {
    if (value === undefined) return;
    checkInteger(at, `${name} in executor`, value, 1, MAX_INT32);
    found[annotation] = String(value);
  };
  time('restTimeout', ANNOTATION.restTimeout, executor.restTimeout);
  time('grpcTimeout', ANNOTATION.grpcTimeout, executor.grpcTimeout);
  count('grpcMaxMessageSize', ANNOTATION.grpcMaxMessageSize, executor.grpcMaxMessageSize);
  count('loggerQueueSize', ANNOTATION.loggerQueueSize, executor.loggerQueueSize);
  time('loggerWriteTimeout', ANNOTATION.loggerWriteTimeout, executor.loggerWriteTimeout);
  for (const [name, value] of Object.entries(executor.environment ?? {})) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name) || name === 'SEPARATE_POD') {
      throw invalid(at, `variable ${show(name)} in the environment of executor`,
        'annotations support only names of capitals and digits with single underscores between them, except SEPARATE_POD. Use env of svcOrchSpec');
    }
    found[`seldon.io/engine-${name.toLowerCase().replace(/_/g, '-')}`] = value;
  }
  return found;
}

function ambassadorAnnotations(at: IConstruct, ambassador: AmbassadorOptions): Annotations {
  const { config, serviceName, header, regexHeader, id, retries, maxConnections, maxPendingRequests, maxRequests, maxRetries } = ambassador;
  const numbers = { retries, maxConnections, maxPendingRequests, maxRequests, maxRetries };
  for (const [name, value] of Object.entries(numbers)) checkInt32(at, `${name} in ambassador`, value);
  const breaker = 'circuit-breakers-max-';
  const values: { [name: string]: string | number | undefined } = {
    'config': config,
    'service-name': serviceName,
    'header': header,
    'regex-header': regexHeader,
    'id': id,
    'retries': retries,
    [`${breaker}connections`]: maxConnections,
    [`${breaker}pending-requests`]: maxPendingRequests,
    [`${breaker}requests`]: maxRequests,
    [`${breaker}retries`]: maxRetries,
  };
  return Object.fromEntries(Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [`seldon.io/ambassador-${name}`, String(value)]));
}

/**
 * Annotations of a predictor.
 *
 * @internal
 */
export function predictorAnnotations(
  at: IConstruct, { name, annotations, noEngine, serviceName, componentSpecs = [] }: PredictorProps,
): Annotations | undefined {
  checkSeldonAnnotations(at, `predictor ${show(name)}`, annotations ?? {});
  componentSpecs.forEach(({ metadata }, i) => checkSeldonAnnotations(at, `the metadata of componentSpecs[${i}] of predictor ${show(name)}`, metadata?.annotations ?? {}));
  if (serviceName !== undefined) checkDnsLabel(at, `serviceName of predictor ${show(name)}`, serviceName);
  const raw = annotations?.[ANNOTATION.serviceName];
  if (raw !== undefined) checkDnsLabel(at, `annotation ${ANNOTATION.serviceName} of predictor ${show(name)}`, raw);
  const all = merge(at, `predictor ${show(name)}`, annotations ?? {}, {
    ...noEngine ? { [ANNOTATION.noEngine]: 'true' } : {},
    ...serviceName === undefined ? {} : { [ANNOTATION.serviceName]: serviceName },
  });
  return Object.keys(all).length === 0 ? undefined : all;
}

function checkSeldonAnnotations(at: IConstruct, where: string, annotations: Annotations): void {
  for (const { name, value, remedy, obsolete } of findAnnotationProblems(annotations)) {
    const problem = `annotation ${name} ${show(value)} on ${where}`;
    if (!obsolete) throw invalid(at, problem, remedy);
    Warnings._add(at, problem, remedy);
  }
}

function isGatewayName(text: string): boolean {
  const parts = text.split('/');
  return parts.length <= 2 && parts.every(isDnsLabel);
}

function merge(at: IConstruct, where: string, given: Annotations, made: Annotations): Annotations {
  for (const name of Object.keys(made)) {
    if (name in given) throw invalid(at, `annotation ${name} on ${where} together with the prop that writes it`, 'set only one of the two');
  }
  return { ...given, ...made };
}
