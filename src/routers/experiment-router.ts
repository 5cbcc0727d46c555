import { Construct } from 'constructs';
import { IstioRouter } from './istio-router';
import { unsupportedMirror, remedyForMirror, remedyForExperiments } from './mirror-support';
import { nameOf } from '../mesh/default-name';
import { BackendTarget, Core2Resource, RouteEngine } from '../plan/backend';
import { checkObjectName } from '../plan/checks/checks';
import { invalid } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { inferenceCalls, inferencePaths } from '../plan/endpoint-defaults';
import { EndpointPlan, Plan } from '../plan/plan';
import { ResolvedEndpoint, resolveEndpoint } from '../plan/resolve';
import { IRouter } from '../plan/router';
import { StringMatch } from '../plan/string-match';
import { Experiment } from '../seldon/core2/experiment';

/** Properties for `ExperimentRouter`. */
export interface ExperimentRouterProps {
  /**
   * Name of the arm whose own requests the Experiment takes over, so that they are shared as well.
   *
   * @default - none: only requests for the Experiment are shared
   */
  readonly defaultCandidate?: string;
}

/**
 * Programs Seldon Core 2: an Experiment shares or mirrors requests between models, also for callers inside the cluster. If the endpoint
 * has gateways, a VirtualService routes it to the Experiment.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/experiment
 */
export class ExperimentRouter implements IRouter {
  /** Experiments of Seldon Core 2. */
  public readonly engine: RouteEngine = RouteEngine.EXPERIMENT;

  private readonly props: ExperimentRouterProps;

  /**
   * Creates a router.
   *
   * @param props Options that override the defaults.
   */
  public constructor(props: ExperimentRouterProps = {}) {
    checkProps('ExperimentRouter', 'ExperimentRouterProps', props);
    this.props = props;
  }

  /**
   * Writes the Experiment of a plan, and the VirtualService that routes to it.
   *
   * @param scope The construct that the objects belong to.
   * @param plan The plan: one endpoint, with arms of one kind and namespace of Seldon Core 2.
   * @throws an error if an Experiment does not support the plan; the text contains the remedy.
   */
  public route(scope: Construct, plan: Plan): void {
    checkObjectName(scope, 'name', plan.name);
    if (plan.endpoints.length !== 1) {
      throw invalid(scope, `an Experiment for ${plan.endpoints.length} endpoints`, 'an Experiment has one. Create one construct for each');
    }
    const [endpointPlan] = plan.endpoints;
    // Sessions are sticky to a Model of the Experiment, which is not an arm of the plan.
    const resolved = resolveEndpoint(scope, { ...endpointPlan, endpoint: { ...endpointPlan.endpoint, seldonSticky: undefined } }, this.engine);
    checkExperimentSupport(scope, resolved);
    const targets = [...resolved.shared, ...resolved.mirrors].map(({ target }) => target);
    const resources = targets.map((target) => core2Of(scope, resolved, target, targets[0]));
    if (endpointPlan.endpoint.gateways.length === 0) checkGatewayOptions(scope, plan, endpointPlan, targets[0].host);
    const [mirror] = resolved.mirrors;
    const experiment = new Experiment(scope, 'Resource', {
      namespace: targets[0].namespace,
      metadata: { ...plan.metadata, name: plan.name, namespace: undefined },
      resourceType: resources[0].type,
      defaultCandidate: this.props.defaultCandidate,
      candidates: resolved.shared.map(({ arm }, i) => ({ name: resources[i].name, weight: arm.weight ?? 100 })),
      mirror: mirror === undefined ? undefined : { name: resources[resources.length - 1].name, percent: mirror.mirror.percent },
    });
    if (endpointPlan.endpoint.gateways.length > 0) {
      const { policy, directResponses, endpoint } = endpointPlan;
      new IstioRouter()._route(scope, {
        ...plan,
        endpoints: [{ endpoint, policy, directResponses, arms: [{ backend: experiment }] }],
      }, 'Ingress');
    }
  }
}

function core2Of(scope: Construct, resolved: ResolvedEndpoint, target: BackendTarget, first: BackendTarget): Core2Resource {
  const core2 = target.seldon?.core2;
  if (core2 === undefined) {
    throw invalid(scope, `${target.description} in an Experiment`, `Experiments choose between models or pipelines of Seldon Core 2. ${remedyForOtherBackend(resolved)}`);
  }
  if (core2.type !== first.seldon!.core2!.type) {
    throw invalid(scope, `${first.description} and ${target.description} in one Experiment`, 'use only Models, or only Pipelines');
  }
  if (target.namespace !== first.namespace) {
    throw invalid(scope, `${first.description} and ${target.description} in one Experiment`, 'use members of one namespace');
  }
  return core2;
}

/** IstioRouter accepts any backend, but cannot mirror to all of them. */
function remedyForOtherBackend(resolved: ResolvedEndpoint): string {
  const copied = unsupportedMirror(resolved);
  return copied === undefined ? 'Use IstioRouter' : `Istio cannot mirror to ${copied.description}. ${remedyForMirror(resolved, copied)}`;
}

function checkExperimentSupport(scope: Construct, resolved: ResolvedEndpoint): void {
  const { plan, matched, shared, mirrors } = resolved;
  const remedy = remedyForExperiments(resolved);
  if (plan.sticky) throw invalid(scope, 'sticky sessions in an Experiment', `it shares each request independently. ${remedy}`);
  if (matched.length > 0) {
    throw invalid(scope, `a match that selects ${matched[0].target.description} in an Experiment`, `Experiments share by weight only. ${remedy}`);
  }
  if (shared.some(({ arm }) => arm.requestHeaders !== undefined || arm.responseHeaders !== undefined)) {
    throw invalid(scope, 'header changes on an arm of an Experiment', `Seldon selects the arm after the last route that could change them. ${remedy}`);
  }
  if (mirrors.length > 1) {
    throw invalid(scope, `${mirrors.length} mirrors in an Experiment`, 'an Experiment has a maximum of one');
  }
  for (const { mirror } of mirrors) {
    if (!Number.isInteger(mirror.percent)) {
      throw invalid(scope, `percent ${mirror.percent} of an Experiment's mirror`, 'Experiments accept whole percentages');
    }
  }
}

/** Callers inside the cluster reach Seldon by the name of the Experiment, without a route that could apply the endpoint's options. */
function checkGatewayOptions(scope: Construct, { name }: Plan, { endpoint, policy, directResponses }: EndpointPlan, host: string): void {
  const callers = `callers inside the cluster ask Seldon for "${name}.experiment", without a route in between`;
  // The id was not chosen as a name for callers.
  if (endpoint.name !== name && endpoint.name !== nameOf(scope)) {
    throw invalid(scope, `endpoint "${endpoint.name}" of Experiment "${name}" without gateways`, `${callers}. Add gateways, or give both the same name`);
  }
  const calls = inferenceCalls(endpoint.name);
  const specified = [
    endpoint.hosts.length === 1 && endpoint.hosts[0] === host ? '' : 'hosts',
    sameTexts(endpoint.paths, inferencePaths(endpoint.name)) ? '' : 'paths or health',
    sameTexts([endpoint.grpc.methods], [calls.methods]) && JSON.stringify(endpoint.grpc.headerSets) === JSON.stringify(calls.headerSets) ? '' : 'grpc',
    endpoint.seldonSticky === true ? 'seldonSticky' : '',
    policy === undefined ? '' : 'a policy',
    directResponses === undefined ? '' : 'direct responses',
  ].filter((each) => each !== '');
  if (specified.length > 0) {
    throw invalid(scope, `${specified.join(', ')} on Experiment "${name}" without gateways`, `${callers}. Add gateways, or leave ${specified.length === 1 ? 'it' : 'them'} out`);
  }
}

function sameTexts(a: readonly StringMatch[], b: readonly StringMatch[]): boolean {
  return a.join() === b.join();
}
