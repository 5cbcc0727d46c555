import { ExternalResponder, ProxyResponder, Responder, SeldonResponder, ServiceResponder } from '../../../../src/answers/answer';
import { ofKind } from '../../harness/manifests';
import { ANSWERED_BY } from '../../harness/seldon-envoy';
import { Arrival } from '../../harness/stubs';
import { isGrpc } from '../boundary-requests';
import { Observation } from './observation';
import { AnswerSet } from '../manifests/set';
import { valuesOf } from '../sending/raw-response';

/** A responder in a few words. */
export function showResponder(responder: Responder): string {
  switch (responder.kind) {
    case 'service': return `${responder.host}:${responder.port}${responder.subset === undefined ? '' : `/${responder.subset.name}`}`;
    case 'external': return `external ${responder.host}:${responder.port}`;
    case 'model':
    case 'pipeline':
    case 'explainer':
    case 'predictor': return `${responder.kind} ${responder.namespace}/${responder.deployment === undefined ? '' : `${responder.deployment}/`}${responder.name}`;
    default: return [responder.kind, responder.status, responder.location, responder.body, `(${responder.reason})`].filter((part) => part !== undefined).join(' ');
  }
}

/** What answered, in a few words. */
export function showSeen({ answeredBy, response, line }: Observation): string {
  if (answeredBy !== undefined) return `${answeredBy.at.service}:${answeredBy.at.port}${answeredBy.at.subset === undefined ? '' : `/${answeredBy.at.subset}`}`;
  const location = valuesOf(response, 'location').map((value) => ` ${value}`).join('');
  return response.status === undefined ? `no response: ${response.error}` : `status ${response.status}${location} (${line?.flags ?? '-'}, ${line?.details ?? '-'}) ${response.body.slice(0, 60)}`;
}

/** Envoy's route for hosts that it does not know. */
const PASSED_ON = 'allow_any';

/** Envoy's route for hosts that it does not know and blocks. */
export const BLOCKED = 'block_all';

/**
 * Whether a sidecar forwards a request to the address that the client connects to, where nothing runs. Without a listener for its port the
 * connection is forwarded, for which there are no iptables here.
 */
export function isPassedOn({ answeredBy, line, response, probe }: Observation): boolean {
  const isRefused = response.error?.includes('ECONNREFUSED') === true && probe.request.entry.kind === 'workload';
  return answeredBy === undefined && (line?.route === PASSED_ON || isRefused);
}

/** Whether Envoy sends a request to a host for which nothing stands in: that of a ServiceEntry with a wildcard, or with several hosts. */
function isSentTo({ host, port }: ServiceResponder | ExternalResponder, { line, set }: Observation): boolean {
  const hasNoStub = ofKind(set.manifests, 'ServiceEntry').some(({ spec: { hosts } }) => hosts.includes(host) && (hosts.length > 1 || host.startsWith('*')));
  // A wildcard without addresses sends requests to the address that the client connects to.
  const isAlone = line?.details === 'no_healthy_upstream' || line?.details?.includes('{remote_connection_failure') === true;
  return hasNoStub && isAlone && line.cluster === `outbound|${port}||${host};`;
}

/** By their numbers. */
const GRPC_STATUSES = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
];

/** Whether a responder is what answered. */
export function isSeen(responder: Responder, seen: Observation): boolean {
  const { answeredBy, set } = seen;
  switch (responder.kind) {
    case 'service': return answeredBy === undefined ? isPassedOn(seen) || isSentTo(responder, seen) : isService(responder, answeredBy, set);
    case 'external': return answeredBy === undefined ? isPassedOn(seen) || isSentTo(responder, seen) : isExternal(responder, answeredBy);
    case 'model': return answeredBy !== undefined && isInner(responder, seen, responder.name);
    case 'pipeline': return answeredBy !== undefined && isInner(responder, seen, `${responder.name}.pipeline`);
    case 'predictor':
    case 'explainer': return answeredBy !== undefined && isCore1(responder, answeredBy);
    default: return answeredBy === undefined ? isProxy(responder, seen) : responder.kind === 'not-found' && isRefusedInside(seen);
  }
}

/** Where nothing stands in for Seldon Core 2's own Envoy, only that the request arrives there is judged. */
export const hasStandIn = ({ set, answeredBy }: Observation) => set.inner?.[answeredBy!.at.service.split('.')[1]] !== undefined;

function isInner({ namespace }: SeldonResponder, seen: Observation, name: string): boolean {
  const { at } = seen.answeredBy!;
  return at.service === `seldon-mesh.${namespace}` && at.port === 80 && (!hasStandIn(seen) || valuesOf(seen.response, ANSWERED_BY)[0] === name);
}

/** Whether Seldon Core 2's own Envoy has no route for a request. */
function isRefusedInside(seen: Observation): boolean {
  const { answeredBy, response, probe } = seen;
  if (answeredBy!.at.service.startsWith('seldon-mesh.') && !hasStandIn(seen)) return true;
  const isNone = isGrpc(probe.request.headers) ? valuesOf(response, 'grpc-status')[0] === '12' : response.status === 404;
  return answeredBy!.at.service.startsWith('seldon-mesh.') && isNone && valuesOf(response, ANSWERED_BY).length === 0;
}

/** Whether a responder received an arrival. */
export function isReceiver(responder: Responder, arrival: Arrival, set: AnswerSet): boolean {
  switch (responder.kind) {
    case 'service': return isService(responder, arrival, set);
    case 'external': return isExternal(responder, arrival);
    case 'predictor':
    case 'explainer': return isCore1(responder, arrival);
    default: return false;
  }
}

/** Whether a request arrived at the Service of a predictor or of its explainer. */
function isCore1({ kind, deployment, name, namespace }: SeldonResponder, { at }: Arrival): boolean {
  return at.service === `${deployment}-${name}${kind === 'explainer' ? '-explainer' : ''}.${namespace}`;
}

function isService({ host, port, subset }: ServiceResponder, { at }: Arrival, set: AnswerSet): boolean {
  const labels = subsetLabels(set, at.service, at.subset);
  return host === `${at.service}.svc.cluster.local` && port === at.port && Object.entries(subset?.labels ?? {}).every(([label, value]) => labels[label] === value);
}

const isExternal = ({ host, port }: ExternalResponder, { at }: Arrival) => host === at.service && port === at.port;

/** The labels of the pods of a stub. */
export function subsetLabels({ manifests }: AnswerSet, service: string, subset: string | undefined): { readonly [label: string]: string } {
  const rules = manifests.filter(({ kind, spec }) => kind === 'DestinationRule' && spec.host === `${service}.svc.cluster.local`);
  return rules.flatMap(({ spec }) => spec.subsets ?? []).find(({ name }) => name === subset)?.labels ?? {};
}

function isProxy({ kind, status, grpcStatus, location, body, reason }: ProxyResponder, { response, line, probe }: Observation): boolean {
  if (status === undefined) return response.status === undefined;
  const flags = line?.flags ?? '-';
  const numbers = grpcStatus === undefined ? [] : [String(GRPC_STATUSES.indexOf(grpcStatus))];
  if (response.status !== status || valuesOf(response, 'grpc-status').join() !== numbers.join()) return false;
  switch (kind) {
    case 'redirect': return valuesOf(response, 'location')[0] === location;
    // An aborted request can have the same status.
    case 'response': return !flags.includes('FI') && (grpcStatus !== undefined || body === undefined || probe.request.method === 'HEAD' || response.body === body);
    case 'fault': return flags.includes('FI');
    case 'not-found': return flags.includes('NR');
    case 'unavailable': return line?.route === BLOCKED || (/NC|UH|UF/.test(flags) && (line?.route !== PASSED_ON || reason.includes('has no port')));
    case 'denied': return line!.details?.startsWith('rbac_access_denied') === true;
    case 'unauthenticated': return line!.details?.startsWith('jwt_authn_access_denied') === true;
    default: return true;
  }
}
