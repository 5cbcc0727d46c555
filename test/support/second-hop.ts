import { clusterOf } from './cluster';
import { DeliveredRequest, Outcome, Responder } from '../../src/answers/answer';
import { Core2Table } from '../../src/answers/seldon/core2-table';
import { HopCase, secondHop, SecondHop } from '../../src/answers/seldon/second-hop';

/** A request as it arrives at Seldon Core 2. */
export interface Arriving {
  readonly path?: string;
  /** Lines of headers; a name may be repeated. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** The request as Istio delivers it. */
export function delivered({ path = '/v2/models/any/infer', headers = [] }: Arriving): DeliveredRequest {
  return {
    method: 'POST', authority: 'models.test', path, headers: headers.map(([name, value]) => ({ name, value })), set: new Map(), added: [], removed: [],
  };
}

/** What Seldon Core 2 in namespace seldon-mesh answers for the objects of a YAML text. */
export function hopOf(yaml: string, request: Arriving): SecondHop {
  return secondHop(Core2Table.of(clusterOf(yaml), 'seldon-mesh'), delivered(request));
}

/** A case as tests read it: `iris1 7/10 by split, iris2 3/10 by split; mirror 3/10 iris3`. */
export function readableHop({ cases }: SecondHop): string | string[] {
  const texts = cases.map((each) => `${each.condition === undefined ? '' : `${each.condition}: `}${answerOf(each)}`);
  return texts.length === 1 ? texts[0] : texts;
}

function answerOf({ outcomes, mirrors }: HopCase): string {
  const mirrored = mirrors.map(({ share, responder }) => `${share.toString()} ${nameOf(responder)}`);
  return [outcomes.map(shareOf).join(', '), ...mirrored.length === 0 ? [] : [`mirror ${mirrored.join(', ')}`]].join('; ');
}

function shareOf({ share, responder }: Outcome): string {
  return share.isAll ? nameOf(responder) : `${nameOf(responder)} ${share.toString()}`;
}

function nameOf(responder: Responder): string {
  switch (responder.kind) {
    case 'model': case 'pipeline': return `${responder.kind} ${responder.name}${responder.experiment === undefined ? '' : ` by ${responder.experiment}`}`;
    case 'predictor': case 'explainer': return `${responder.kind} ${responder.name} of ${responder.deployment}`;
    case 'service': case 'external': return `${responder.host}:${responder.port}`;
    default: return `${responder.grpcStatus === undefined ? responder.status ?? responder.kind : `gRPC ${responder.grpcStatus}`} since ${responder.reason}`;
  }
}

/** The objects of the world in which Seldon's Envoy was observed. */
export const OBSERVED = `
${['iris1', 'iris2', 'iris3', 'iris4'].map((name) => object('Model', name, '{ storageUri: "gs://models/iris" }')).join('')}
${object('Pipeline', 'pipe', '{ steps: [{ name: iris1 }], output: { steps: [iris1] } }')}
${object('Pipeline', 'pipe2', '{ steps: [{ name: iris1 }], output: { steps: [iris1] } }')}
${object('Experiment', 'split', '{ candidates: [{ name: iris1, weight: 70 }, { name: iris2, weight: 30 }] }')}
${object('Experiment', 'shadow', '{ candidates: [{ name: iris1, weight: 100 }], mirror: { name: iris3, percent: 30 } }')}
${object('Experiment', 'takeover', '{ default: iris4, candidates: [{ name: iris4, weight: 50 }, { name: iris2, weight: 50 }] }')}
${object('Experiment', 'watched', '{ candidates: [{ name: iris1, weight: 50 }, { name: iris2, weight: 50 }], mirror: { name: iris3, percent: 100 } }')}
`;

/** An object of Seldon Core 2 in namespace seldon-mesh. */
export function object(kind: string, name: string, spec: string, metadata = ''): string {
  return `
apiVersion: mlops.seldon.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: seldon-mesh${metadata} }
spec: ${spec}
---`;
}
