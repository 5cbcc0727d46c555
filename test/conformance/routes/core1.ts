import { RouteCase, Share, Target } from '../checks/routed';
import { Headers, Request } from '../harness/clients';
import { Call } from '../harness/protocol';

const REST_PORT = 8000;
const GRPC_PORT = 5001;
const NOT_FOUND = 404;
const UNIMPLEMENTED = 12;

/** The callers of a SeldonDeployment: what they send, and who answers. */
export class Core1Callers {
  /** The beginning of its REST paths; the orchestrator does not see it. */
  public readonly prefix: string;

  public constructor(
    public readonly deployment: string,
    public readonly namespace: string,
    private readonly host = 'models.example.com',
    private readonly options: { /** Whether routes name subsets. */ readonly subsets?: boolean } = {},
  ) {
    this.prefix = `/seldon/${namespace}/${deployment}/`;
  }

  /** A REST request. */
  public rest(path = 'v2/models/classifier/infer', headers?: Headers): Request {
    return { rest: `${this.prefix}${path}`, host: this.host, headers };
  }

  /** A gRPC call; its headers identify the deployment. */
  public grpc(headers?: Headers, call: Call = 'ModelInfer'): Request {
    return { grpc: call, model: 'classifier', host: this.host, headers: { seldon: this.deployment, namespace: this.namespace, ...headers } };
  }

  /** A predictor that gets a request of these callers. */
  public at(predictor: string, request: Request): Target {
    const isRest = 'rest' in request;
    return {
      service: `${this.deployment}-${predictor}.${this.namespace}`,
      port: isRest ? REST_PORT : GRPC_PORT,
      ...this.options.subsets ? { subset: predictor } : {},
      // Without the prefix, as the rewrite leaves it.
      ...isRest ? { path: `/${request.rest.slice(this.prefix.length)}` } : {},
    };
  }

  /** Several predictors with their shares. */
  public shares(shares: Readonly<Record<string, number>>, request: Request): Share[] {
    return Object.entries(shares).map(([predictor, share]) => ({ to: this.at(predictor, request), share }));
  }

  /** A line for one predictor. */
  public reaches(predictor: string, title: string, request: Request, times = 50): RouteCase {
    return { title: `${this.namespace}: ${title}`, request, times, expect: { to: this.at(predictor, request) } };
  }
}

/** What a SeldonDeployment promises to callers. */
export interface Core1Endpoint {
  readonly callers: Core1Callers;
  /** The shares of the predictors, from 0 to 1. */
  readonly arms: Readonly<Record<string, number>>;
  /** The shares that are copied to predictors. */
  readonly mirrored?: Readonly<Record<string, number>>;
  /** Whether the metrics are hidden; the operator's routes show them. */
  readonly hidesMetrics: boolean;
}

/** The requests that every endpoint of Seldon Core 1 must answer, and those that it must not. */
export function core1Endpoint({ callers, arms, mirrored, hidesMetrics }: Core1Endpoint): RouteCase[] {
  const { deployment, namespace } = callers;
  const answered = (what: string, request: Request, times: number): RouteCase => ({
    title: `${namespace}: ${what}`,
    request,
    times,
    expect: {
      shares: callers.shares(arms, request),
      ...mirrored === undefined ? {} : { mirrored: callers.shares(mirrored, request) },
    },
  });
  const refused = (what: string, request: Request): RouteCase => ({
    title: `${namespace}: ${what}`, request, expect: 'rest' in request ? { status: NOT_FOUND } : { grpcStatus: UNIMPLEMENTED },
  });
  const at = (path: string): Request => ({ ...callers.rest(), rest: path });
  const metrics = (path: string): RouteCase => (hidesMetrics
    ? refused(`metrics at ${path} are hidden`, callers.rest(path))
    : answered(`metrics at ${path} are shown by the operator's routes`, callers.rest(path), 100));
  return [
    answered('REST inference', callers.rest(), 1000),
    answered('gRPC inference', callers.grpc(), 1000),
    answered('REST metadata', callers.rest('v2/models/classifier'), 200),
    answered('REST of another protocol', callers.rest('api/v1.0/predictions'), 200),
    answered('REST with a query', callers.rest('v2/models/classifier/infer?trace=1'), 200),
    answered('gRPC readiness', callers.grpc({}, 'ModelReady'), 200),
    answered('gRPC of Seldon\'s own protocol', { ...callers.grpc(), path: '/seldon.protos.Seldon/Predict' }, 200),
    answered('gRPC of TensorFlow', { ...callers.grpc(), path: '/tensorflow.serving.PredictionService/Predict' }, 200),
    metrics('prometheus'),
    metrics('prometheus?name=up'),
    refused('REST for the neighbour', at(`/seldon/${namespace}/${deployment}-large/v2/models/classifier/infer`)),
    refused('REST for a namesake in another namespace', at(`/seldon/other/${deployment}/v2/models/classifier/infer`)),
    refused('REST without a prefix', at('/v2/models/classifier/infer')),
    refused('gRPC that names no deployment', { ...callers.grpc(), headers: {} }),
    refused('gRPC of Seldon\'s own protocol that names no deployment', { ...callers.grpc(), path: '/seldon.protos.Seldon/Predict', headers: {} }),
    refused('gRPC of another service', { ...callers.grpc(), path: '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo' }),
    refused('gRPC without a namespace', { ...callers.grpc(), headers: { seldon: deployment } }),
    refused('gRPC for the neighbour', callers.grpc({ seldon: `${deployment}-large` })),
    refused('gRPC for a namesake in another namespace', callers.grpc({ namespace: 'other' })),
  ];
}

/** Disabled routes of the operator get no requests: their host answers as any other host does. */
export function disabledOperatorRoutes(
  deployment: string, namespace: string, arms: Readonly<Record<string, number>>, mirrored?: Readonly<Record<string, number>>,
): RouteCase[] {
  return core1Endpoint({ callers: new Core1Callers(deployment, namespace, `${deployment}.operator.invalid`), arms, mirrored, hidesMetrics: true })
    .map((route) => ({ ...route, title: `at the host of the disabled routes, ${route.title}` }));
}
