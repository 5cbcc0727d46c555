import { ProxyResponder, Responder, SeldonResponder, ServiceResponder } from '../answer';

/**
 * The name of a responder, which is different for different ones.
 *
 * @internal
 */
export function nameOf(responder: Responder): string {
  switch (responder.kind) {
    case 'model': return `Model ${responder.namespace}/${responder.name}`;
    case 'pipeline': return `Pipeline ${responder.namespace}/${responder.name}`;
    case 'predictor': return `Predictor ${responder.namespace}/${responder.deployment}/${responder.name}`;
    case 'explainer': return `Explainer ${responder.namespace}/${responder.deployment}/${responder.name}`;
    case 'service': return `${responder.host}:${responder.port}${responder.subset === undefined ? '' : ` subset ${responder.subset.name}`}`;
    case 'external': return `${responder.host}:${responder.port}`;
    default: return proxyName(responder);
  }
}

function proxyName(responder: ProxyResponder): string {
  const { grpcStatus } = responder;
  return grpcStatus === undefined ? httpName(responder) : `${httpName(responder)} with gRPC status ${grpcStatus}`;
}

function httpName({ kind, status, location }: ProxyResponder): string {
  switch (kind) {
    case 'redirect': return `redirect ${status ?? ''} to ${location ?? ''}`;
    case 'refused': return status === undefined ? 'closed connection' : `${status} refused`;
    case 'fault': return `fault ${status ?? ''}`;
    case 'response': return `direct response ${status ?? ''}`;
    default: return `${status ?? ''} ${kind}`.trim();
  }
}

/**
 * Whether a responder is an answer of a proxy, without a backend.
 *
 * @internal
 */
export function isProxy(responder: Responder): responder is ProxyResponder {
  return 'reason' in responder;
}

/**
 * All names by which an expectation can refer to a responder: shorter ones are for cases in which they are unique.
 *
 * @internal
 */
export function namesOf(responder: Responder): readonly string[] {
  switch (responder.kind) {
    case 'model':
    case 'pipeline':
    case 'predictor': return seldonNames(responder);
    case 'explainer': return explainerNames(responder);
    case 'service': return serviceNames(responder);
    case 'external': return [responder.host, nameOf(responder)];
    default: return proxyNames(responder);
  }
}

function proxyNames(responder: ProxyResponder): readonly string[] {
  const { kind, status, grpcStatus } = responder;
  return [nameOf(responder), kind, ...status === undefined ? [] : [`${status}`], ...grpcStatus === undefined ? [] : [grpcStatus]];
}

function seldonNames(responder: SeldonResponder): readonly string[] {
  const { namespace, name, deployment, experiment } = responder;
  return [
    nameOf(responder),
    name,
    ...deployment === undefined ? [`${namespace}/${name}`] : [
      `${deployment}/${name}`, `${namespace}/${deployment}/${name}`, `predictor ${name} of SeldonDeployment ${namespace}/${deployment}`,
    ],
    ...experiment === undefined ? [] : [experiment, `${namespace}/${experiment}`, `Experiment ${namespace}/${experiment}`],
  ];
}

/** The names of its predictor are those of the predictor. */
function explainerNames(responder: SeldonResponder): readonly string[] {
  const { namespace, name, deployment } = responder;
  return [nameOf(responder), `explainer of predictor ${name} of SeldonDeployment ${namespace}/${deployment}`, 'explainer', `${deployment}/${name}/explainer`];
}

function serviceNames(responder: ServiceResponder): readonly string[] {
  const { host, port, subset, workloads } = responder;
  const [service, namespace] = host.split('.');
  const hosts = [host, `${host}:${port}`, service, ...namespace === undefined ? [] : [`${service}.${namespace}`, `${namespace}/${service}`]];
  const full = namespace === undefined ? [] : [`Service ${namespace}/${service}`];
  return [
    ...hosts,
    ...full,
    ...full.flatMap((text) => (subset === undefined ? [] : [`${text} subset ${subset.name}`])),
    ...subset === undefined ? [] : [nameOf(responder), subset.name, ...hosts.map((name) => `${name}/${subset.name}`)],
    ...workloads.length === 1 ? [workloads[0], workloads[0].replace(/^\S+ /, ''), workloads[0].replace(/^\S+ [^/]*\//, '')] : [],
  ];
}
