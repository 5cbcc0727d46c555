import { App, Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Backend } from './backends';
import { LOGIN } from './callers';
import { GatewaySpec } from './gateways';
import { DataSpec, PipelineSpec } from './pipelines';
import { CallsSpec, PolicySpec, RouteSpec } from './routes';
import { Slot } from './slot';
import { AccessSpec, AppSpec } from './spec';
import { Match } from './values';
import {
  BackendPolicy, Caller, Canary, DestinationRule, Experiment, ExperimentRouter, Gateway, GatewayServer, GrpcCalls, HashKey, IBackend,
  IGateway, IPipeline, IRollout, IRouter, IstioRouter, Mesh, Model, GatewayAccessPolicy, ModelRoute, PathRewrite, Pipeline, Plan,
  RequestAuthentication, Rules, ServiceBackend, ServiceEntry, ShadowDeployment, StringMatch, TrafficSplit, VirtualService,
} from '../../../src/index';
import { Manifest } from '../harness/manifests';

/** What became of an app: its manifests, or why it was refused. */
export interface Built {
  readonly manifests?: Manifest[];
  readonly refused?: string;
}

/** Makes the objects that tags stand for, and puts namespaces, hosts and ports into the slot. */
function realize(value: any, slot: Slot, gateways: readonly IGateway[] = []): any {
  if (typeof value === 'string') return slot.text(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => realize(one, slot, gateways)).filter((one) => one !== NOTHING);
  if (value.$match !== undefined) return StringMatch[(value as Match).$match](slot.text(value.value));
  if (value.$ms !== undefined) return Duration.millis(value.$ms);
  if (value.$mebi !== undefined) return Size.mebibytes(value.$mebi);
  if (value.$gateway !== undefined) return gateways[value.$gateway] ?? NOTHING;
  if (value.$hash !== undefined) return HashKey[value.$hash as 'header'](realize(value.value, slot));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => {
    const fit = (key === 'namespace' || key === 'sourceNamespace') && typeof one === 'string' ? slot.namespace(one) : realize(one, slot, gateways);
    return [key, key === 'exportTo' ? fit.map((each: string) => slot.namespace(each)) : fit];
  }));
}

const NOTHING = Symbol('a gateway that the app does not have');

/** Labels with the slot in their values. */
function textsOf(labels: GatewaySpec['selector'], slot: Slot): { [label: string]: string } | undefined {
  return labels && Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, slot.text(value)]));
}

function gatewayOf(spec: GatewaySpec, charts: readonly Chart[], slot: Slot): IGateway {
  const chart = charts[spec.chart];
  const namespace = spec.namespace === undefined ? undefined : slot.namespace(spec.namespace);
  if (spec.existing !== undefined) {
    return Gateway.fromGatewayName(chart, spec.name, spec.name, { namespace, hosts: spec.existing.hosts?.map((host) => slot.gatewayHost(host)) });
  }
  const servers = spec.servers?.map(({ make, options }) => {
    const props = realize({ ...options, hosts: undefined }, slot);
    if (options.hosts === undefined) delete props.hosts;
    else props.hosts = options.hosts.map((host: string) => slot.gatewayHost(host));
    if (options.port !== undefined) props.port = slot.port(options.port);
    if (options.bind?.startsWith('unix') && props.port !== undefined) props.port = 0;
    return GatewayServer[make](props);
  });
  return new Gateway(chart, `gateway-${spec.name}`, { namespace, metadata: { name: spec.name }, selector: textsOf(spec.selector, slot), servers });
}

function backendOf(spec: Backend, index: number, charts: readonly Chart[], slot: Slot): IBackend {
  switch (spec.kind) {
    case 'model': {
      const namespace = spec.namespace === undefined ? undefined : slot.namespace(spec.namespace);
      if (spec.existing) return Model.fromModelName(charts[spec.chart], `model-${index}`, spec.name, { namespace });
      return new Model(charts[spec.chart], `model-${index}`, { ...realize(spec.props, slot), namespace, metadata: { name: spec.name } });
    }
    case 'experiment':
      return new Experiment(charts[spec.chart], `experiment-${index}`, { ...realize(spec.props, slot), metadata: { name: spec.name } });
    case 'pipeline':
      return pipelineOf(spec, `pipeline-${index}`, charts, slot);
    case 'service': {
      const { kind, ...props } = spec;
      return ServiceBackend.of(realize(props, slot));
    }
  }
}

function pipelineOf(spec: PipelineSpec, id: string, charts: readonly Chart[], slot: Slot): IBackend {
  const { name, chart, existing, steps, output, input, props } = spec;
  if (existing) return Pipeline.fromPipelineName(charts[chart], id, name);
  const data = (of: IPipeline) => ({ step, side, tensor }: DataSpec) => (step === undefined ? of : of.step(step))[side](tensor);
  const read = input?.map(data(Pipeline.fromPipelineName(charts[chart], `${id}-reads`, 'other')));
  const made = new Pipeline(charts[chart], id, {
    ...realize(props, slot), metadata: { ...props.metadata, name }, ...(read === undefined ? {} : { input: { inputs: read } }),
  });
  for (const { name: model, inputs, triggers, ...rest } of steps) {
    made.addStepNamed(model, { ...realize(rest, slot), inputs: inputs?.map(data(made)), triggers: triggers?.map(data(made)) });
  }
  if (output !== undefined) made.addOutput({ steps: output.map(data(made)) });
  return made;
}

function callsOf({ by, sets = [], methods }: CallsSpec): GrpcCalls {
  const calls = by === 'none' ? GrpcCalls.none() : by === 'allOnHost' ? GrpcCalls.allOnHost() : GrpcCalls.byHeaders(...sets);
  return methods === undefined ? calls : calls.withMethods(StringMatch[methods.$match](methods.value));
}

function policyOf({ rewrite, ...rest }: PolicySpec, slot: Slot): any {
  const how = rewrite === undefined ? undefined
    : rewrite.pattern === undefined ? PathRewrite.matched(rewrite.to!) : PathRewrite.regex(rewrite.pattern, rewrite.substitution!);
  return { ...realize(rest, slot), ...(how === undefined ? {} : { rewrite: how }) };
}

function routerOf(spec: RouteSpec): IRouter | undefined {
  if (spec.router === undefined) return undefined;
  return spec.router === 'istio' ? new IstioRouter() : new ExperimentRouter({ defaultCandidate: spec.defaultCandidate });
}

function addRoute(
  chart: Chart, id: string, spec: RouteSpec, gateways: readonly IGateway[], backends: readonly IBackend[], slot: Slot,
): IRollout & Construct {
  const at = (position: number) => backends[position % backends.length];
  const namespace = spec.namespace === undefined ? undefined : slot.namespace(spec.namespace);
  const arms = spec.arms.map(({ backend, ...arm }) => ({ ...realize(arm, slot), backend: at(backend) }));
  const mirrors = spec.mirrors?.map(({ backend, percent }) => ({ backend: at(backend), percent }));
  const used = spec.gateways?.map((position) => gateways[position]).filter((one) => one !== undefined);
  const hosts = slot.hostsOf(spec, (position) => at(position).target(chart).host);
  const props = {
    namespace,
    metadata: spec.name === undefined ? undefined : { name: spec.name },
    endpoint: spec.endpoint,
    gateways: used,
    hosts,
    paths: spec.paths === undefined ? undefined : realize(spec.paths, slot),
    grpc: spec.grpc === undefined ? undefined : callsOf(spec.grpc),
    health: spec.health,
    seldonSticky: spec.seldonSticky,
    policy: spec.policy === undefined ? undefined : policyOf(spec.policy, slot),
    directResponses: spec.directResponses === undefined ? undefined : realize(spec.directResponses, slot),
    router: routerOf(spec),
  };
  switch (spec.kind) {
    case 'route':
      return new ModelRoute(chart, id, { ...props, ...arms[0] });
    case 'split':
      return new TrafficSplit(chart, id, { ...props, arms, mirrors });
    case 'shadow':
      return new ShadowDeployment(chart, id, { ...props, primary: arms[0].backend, shadows: mirrors! });
    case 'canary': {
      const [stable, canary] = arms;
      const { testers, sticky } = realize({ testers: spec.testers, sticky: spec.sticky }, slot);
      return new Canary(chart, id, { ...props, stable: stable.backend, canary: canary.backend, weight: canary.weight, mirrors, testers, sticky });
    }
    case 'plan': {
      const endpoint = {
        name: spec.endpoint ?? id,
        hosts: hosts ?? [slot.text('plan.app.test')],
        gateways: used ?? [],
        paths: props.paths ?? [StringMatch.prefix(`/v2/models/${spec.endpoint ?? id}/`)],
        grpc: props.grpc ?? GrpcCalls.byHeader('seldon-model', spec.endpoint ?? id),
        seldonSticky: spec.seldonSticky,
      };
      const rest = { arms, mirrors, policy: props.policy, directResponses: props.directResponses };
      const { preview: second } = spec;
      const preview = second === undefined ? [] : [{ endpoint: { ...endpoint, hosts: [slot.text(second.host)], name: second.name }, ...rest }];
      const plan: Plan = {
        name: spec.name ?? id, namespace: namespace ?? chart.namespace, metadata: props.metadata, endpoints: [{ endpoint, ...rest }, ...preview],
      };
      const construct = new Construct(chart, id);
      (props.router ?? new IstioRouter()).route(construct, plan);
      return Object.assign(construct, { plan });
    }
  }
}

/** The policies, and one RequestAuthentication for the pods that all gateways of the app share. */
function addAccess(
  chart: Chart, policies: readonly AccessSpec[], gateways: readonly IGateway[], rollouts: readonly IRollout[], backends: readonly IBackend[],
): void {
  if (policies.length === 0 || gateways.length === 0) return;
  new RequestAuthentication(chart, 'login', { gateway: gateways[0], jwtRules: [{ issuer: LOGIN.name, jwks: LOGIN.jwks, forwardOriginalToken: false }] });
  policies.forEach(({ gateway, routes = [], models, groups, sharesModels }, i) => {
    new GatewayAccessPolicy(chart, `access-${i}`, {
      gateway: gateways[gateway] ?? gateways[0],
      endpoints: routes.map((position) => rollouts[position]).filter((one) => one !== undefined),
      models: models?.map((position) => backends[position % backends.length]),
      allow: [groups === undefined ? Caller.authenticated() : Caller.claim('groups', [...groups])],
      sharesModels,
    });
  });
}

/** Builds an app from its data, with the names of a slot. */
export function build(spec: AppSpec, slot: Slot): Built {
  try {
    const app = new App();
    if (spec.mesh !== undefined) {
      const { rootNamespace } = spec.mesh;
      Mesh.configure(app, { ...spec.mesh, ...(rootNamespace === undefined ? {} : { rootNamespace: slot.namespace(rootNamespace) }) });
    }
    const charts = slot.charts.map((namespace) => new Chart(app, namespace, { namespace }));
    const gateways = spec.gateways.map((one) => gatewayOf(one, charts, slot));
    const backends = spec.backends.map((one, i) => backendOf(one, i, charts, slot));
    // Rules before routes, so that the subsets that routes need join them.
    for (const { id, chart, props } of spec.destinationRules) new DestinationRule(charts[chart], id, realize(props, slot));
    const rollouts = spec.routes.map((one, i) => {
      const made = addRoute(charts[one.chart], `route-${i}`, one, gateways, backends, slot);
      if (one.takesHost === true) Rules.accept(made, 'hidden-host', 'the host is for this route');
      return made;
    });
    for (const { id, chart, props: { takesHost, ...props } } of spec.virtualServices) {
      const made = new VirtualService(charts[chart], id, realize(props, slot, gateways));
      if (takesHost === true) Rules.accept(made, 'hidden-host', 'the host is for this route');
    }
    for (const { id, chart, props } of spec.serviceEntries) new ServiceEntry(charts[chart], id, realize(props, slot));
    spec.backendPolicies.forEach(({ chart, backend, policy }, i) => {
      new BackendPolicy(charts[chart], `policy-${i}`, { ...realize(policy, slot), backend: backends[backend % backends.length] });
    });
    addAccess(charts[0], spec.access, gateways, rollouts, backends);
    app.synthYaml();
    return { manifests: charts.flatMap((chart) => chart.toJson() as Manifest[]) };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}
