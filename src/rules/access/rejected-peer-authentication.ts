import { Rejection, rejectedTargets } from './rejected-targets';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { FieldPath, isObject, objectOf } from '../../cluster/json';
import { targetOf } from '../../cluster/policies';
import { hasLabels } from '../../cluster/policy-pods';
import { show } from '../../plan/checks/errors';
import { nearest } from '../../plan/checks/near-miss';
import { Level, Problem, Rule } from '../rule';

const MODES = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'];

const example = (selector: string) => `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: plain-metrics, namespace: models }
spec:
${selector}  mtls: { mode: STRICT }
  portLevelMtls: { 9090: { mode: PERMISSIVE } }
`;

/** A PeerAuthentication that istiod rejects. */
export const rejectedPeerAuthentication: Rule = {
  id: 'rejected-peer-authentication',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A PeerAuthentication is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects modes for single ports without a selector, invalid ports, and unknown modes.`,
    wrong: example(''),
    right: example('  selector: { matchLabels: { app: iris } }\n'),
  },
  check: (cluster: Cluster): Problem[] => cluster.all(ClusterKind.PEER_AUTHENTICATION)
    .flatMap((object) => [...rejectedTargets(object), ...rejections(object)].map((rejection) => ({ object, ...rejection }))),
};

function rejections(object: ClusterObject): Rejection[] {
  const { mtls, portLevelMtls } = object.spec;
  const ports = Object.entries(objectOf(portLevelMtls));
  const found: Rejection[] = [];
  const field: FieldPath = ['spec', 'portLevelMtls'];
  if (isObject(portLevelMtls) && ports.length === 0) found.push({ field, problem: 'portLevelMtls is empty', remedy: 'add a port, or remove it' });
  if (ports.length > 0 && !hasLabels(targetOf(object))) {
    found.push({ field, problem: 'portLevelMtls is set for all pods of the namespace', remedy: 'set a selector, since Istio accepts modes of single ports only with one' });
  }
  for (const [port, mode] of ports) {
    if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) found.push({ field: [...field, port], problem: `${show(port)} is not a valid port`, remedy: 'expected a port of the pods, from 1 to 65535' });
    found.push(...modeRejections(mode, [...field, port]));
  }
  return [...modeRejections(mtls, ['spec', 'mtls']), ...found];
}

function modeRejections(mtls: unknown, field: FieldPath): Rejection[] {
  const { mode } = objectOf(mtls);
  if (mode === undefined || mode === null || MODES.includes(String(mode))) return [];
  return [{ field: [...field, 'mode'], problem: `${show(mode)} is not a mode of mutual TLS`, remedy: `expected ${show(nearest(String(mode), MODES) ?? 'STRICT')}` }];
}
