import { Series } from '../harness/promtool';

/** What one arm answers each minute. */
export interface Traffic {
  /** REST requests with status 200. */
  readonly ok?: number;
  /** REST requests with status 500. */
  readonly failed?: number;
  /** REST requests with status 400. */
  readonly refused?: number;
  /** gRPC calls with status OK. */
  readonly calls?: number;
  /** gRPC calls with status Unavailable. */
  readonly failedCalls?: number;
  /** How long each takes. */
  readonly seconds?: number;
}

/** How requests are counted. */
export type Meter = (arm: string, traffic: Traffic) => Series[];

const MINUTES = 60;
const BUCKETS = [0.1, 0.25, 0.5, 1, Infinity];

const text = (labels: { readonly [label: string]: string }) => Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(',');

const counter = (metric: string, labels: { readonly [label: string]: string }, perMinute: number): Series =>
  ({ series: `${metric}{${text(labels)}}`, values: `0+${perMinute}x${MINUTES}` });

/** A histogram of requests that take equally long, in a unit that is a part of a second. */
function histogram(metric: string, labels: { readonly [label: string]: string }, perMinute: number, seconds: number, unit: number): Series[] {
  return [
    counter(`${metric}_count`, labels, perMinute),
    counter(`${metric}_sum`, labels, perMinute * seconds * unit),
    ...BUCKETS.map((le) => counter(`${metric}_bucket`, { ...labels, le: le === Infinity ? '+Inf' : `${le * unit}` }, seconds <= le ? perMinute : 0)),
  ];
}

/** The codes of REST and gRPC, with the number of their requests. */
function codes({ ok = 0, failed, refused, calls, failedCalls }: Traffic) {
  return [
    { grpc: false, status: '200', name: '200', number: '', count: ok },
    { grpc: false, status: '500', name: '500', number: '', count: failed },
    { grpc: false, status: '400', name: '400', number: '', count: refused },
    { grpc: true, status: '200', name: 'OK', number: '0', count: calls },
    { grpc: true, status: '200', name: 'Unavailable', number: '14', count: failedCalls },
  ].flatMap(({ count, ...rest }) => count === undefined ? [] : [{ ...rest, count }]);
}

/** The orchestrator of Seldon Core 1. Its answers about itself are counted in the same series. */
export const core1: Meter = (arm, traffic) => [
  ...codes(traffic).flatMap(({ grpc, name, count }) => histogram('seldon_api_executor_server_requests_seconds', {
    namespace: 'models',
    deployment_name: 'iris',
    predictor_name: arm,
    predictor_version: '',
    service: grpc ? '/inference.GRPCInferenceService/ModelInfer' : 'predictions',
    method: grpc ? 'unary' : 'post',
    code: name,
  }, count, traffic.seconds ?? 0.1, 1)),
  ...histogram('seldon_api_executor_server_requests_seconds', {
    namespace: 'models', deployment_name: 'iris', predictor_name: arm, predictor_version: '', service: 'status', method: 'get', code: '503',
  }, 600, 5, 1),
];

/** The agent of Seldon Core 2, on two replicas of a server; the second one has a newer version of the model. */
export const core2: Meter = (arm, traffic) => codes(traffic).flatMap(({ grpc, name, count }) => [0, 1].flatMap((replica) => {
  const labels = {
    namespace: 'models', server: 'mlserver', server_replica: `${replica}`, model: arm, model_internal: `${arm}_${replica + 1}`, method_type: grpc ? 'grpc' : 'rest', code: name,
  };
  return [
    counter('seldon_model_infer_total', labels, count / 2),
    counter('seldon_model_infer_seconds_total', labels, count / 2 * (traffic.seconds ?? 0.1)),
  ];
}));

/** The proxies of gateways, and those of pods, who see the same requests. */
export const istio: Meter = (arm, traffic) => ['source', 'destination'].flatMap((reporter) => codes(traffic).flatMap(({ grpc, status, number, count }) => {
  const labels = {
    reporter,
    destination_service: 'selector.models.svc.cluster.local',
    destination_version: arm,
    request_protocol: grpc ? 'grpc' : 'http',
    response_code: status,
    grpc_response_status: number,
  };
  return [
    counter('istio_requests_total', labels, count),
    ...histogram('istio_request_duration_milliseconds', labels, count, traffic.seconds ?? 0.1, 1000),
  ];
}));
