import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { OPERATOR_RETRY_ON } from '../cluster/core1-operator/defaults';
import { OperatorEnvironment } from '../cluster/core1-operator/environment';
import { OperatorObjects } from '../cluster/core1-operator/objects';
import { RoutedEndpoints } from '../istio/virtual-service/routed-endpoints';
import { BackendTarget, EndpointDefaults, RouteEngine } from '../plan/backend';
import { checkWeights } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkPart } from '../plan/checks/props';
import { GrpcCalls } from '../plan/endpoint';
import { EndpointPlan, Plan } from '../plan/plan';
import { RetryPolicy, RoutePolicy } from '../plan/policy';
import { ResolvedEndpoint, resolveEndpoint } from '../plan/resolve';
import { IRouter } from '../plan/router';
import { StringMatch } from '../plan/string-match';
import { OperatorIstioOptions } from '../seldon/core1/annotations';
import { recordExplainers } from '../seldon/core1/operator-endpoints';
import { previewOperator } from '../seldon/core1/operator-preview';
import { PredictorTraffic } from '../seldon/core1/predictor-traffic';
import { SeldonDeployment } from '../seldon/core1/seldon-deployment';
import { RegisteredDeployment, SeldonDeployments } from '../seldon/core1/seldon-deployments';

const USE_ISTIO = 'Use IstioRouter, whose routes this library writes';

/**
 * Leaves the requests of one SeldonDeployment to Seldon's operator: it sets `traffic` and `shadow` on the predictors, and annotations
 * for the gateway, hosts and retries on the object, which restart no pods. No Istio object is written; the operator writes its own once
 * all pods are ready.
 *
 * The operator's route exposes the orchestrator's metrics to callers, at `prometheus` below the deployment's prefix.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/ingress/istio.html
 */
export class OperatorRouter implements IRouter {
  /**
   * What Seldon's operator will make of a SeldonDeployment, as it is after all routers have spoken. Nothing of it is written.
   *
   * @param deployment The SeldonDeployment.
   * @param environment How the operator is set up.
   * @throws an error when the operator would fail: a wrong mode for TLS, a wrong port.
   */
  public static preview(deployment: SeldonDeployment, environment: OperatorEnvironment = {}): OperatorObjects {
    if (typeof (deployment as Partial<SeldonDeployment> | null | undefined)?._manifest !== 'function') {
      throw invalid('OperatorRouter.preview', `deployment ${show(deployment)}`, 'expected a SeldonDeployment of this app');
    }
    checkPart(deployment, 'the operator', 'OperatorEnvironment', environment);
    return previewOperator(deployment, deployment._manifest(), environment);
  }

  /** Seldon Core 1's operator. */
  public readonly engine: RouteEngine = RouteEngine.OPERATOR;

  /**
   * Sets the traffic of the predictors of a plan.
   *
   * @param scope The construct that routes.
   * @param plan The plan: one endpoint as the operator creates it, with predictors of one SeldonDeployment of this app as arms and at
   * most one mirror.
   * @throws an error if the operator does not support the plan; the text contains the remedy.
   */
  public route(scope: Construct, plan: Plan): void {
    if (plan.endpoints.length !== 1) {
      throw invalid(scope, `${plan.endpoints.length} endpoints under Seldon's operator`, `it creates one for each deployment. ${USE_ISTIO}`);
    }
    const { name, labels, annotations } = plan.metadata ?? {};
    if ((name ?? labels ?? annotations) !== undefined) {
      throw invalid(scope, 'metadata for a route of Seldon\'s operator', 'the router writes no object that could have it. Leave it out');
    }
    const [endpointPlan] = plan.endpoints;
    const resolved = resolveEndpoint(scope, endpointPlan, this.engine);
    const deployment = deploymentOf(scope, resolved);
    if (plan.namespace !== deployment.deploymentNamespace && plan.namespace !== Chart.of(scope).namespace) {
      throw invalid(scope, `namespace "${plan.namespace}" for a route of Seldon's operator`,
        `the operator writes it into that of the deployment, "${deployment.deploymentNamespace}". Leave it out`);
    }
    if (endpointPlan.sticky) throw invalid(scope, 'sticky sessions under Seldon\'s operator', `it shares each request independently. ${USE_ISTIO}`);
    checkMatchesAndHeaders(scope, resolved);
    checkEndpoints(scope, endpointPlan, resolved.shared[0].target.endpoint!);
    const shares = new Map([...liveShares(scope, resolved), ...shadowShare(scope, resolved)]);
    deployment._leaveToOperator(scope, shares, istioOptions(scope, endpointPlan));
    const routed = { ...plan, namespace: deployment.deploymentNamespace };
    RoutedEndpoints.of(scope).add(scope, routed, resolved);
    recordExplainers(deployment, routed, endpointPlan.endpoint);
  }
}

function deploymentOf(scope: Construct, { shared, matched, mirrors }: ResolvedEndpoint): RegisteredDeployment {
  const targets = [...shared, ...matched, ...mirrors].map(({ target }) => target);
  for (const { seldon, description } of targets) {
    if (seldon?.core1 === undefined) throw invalid(scope, `${description} under Seldon's operator`, `it supports only predictors of Seldon Core 1. ${USE_ISTIO}`);
  }
  const [first] = targets;
  const { deployment: name } = first.seldon!.core1!;
  const other = targets.find(({ seldon, namespace }) => seldon!.core1!.deployment !== name || namespace !== first.namespace);
  if (other !== undefined) {
    throw invalid(scope, `${first.description} and ${other.description} under Seldon's operator`, `it shares only between predictors of one deployment. ${USE_ISTIO}`);
  }
  const deployment = SeldonDeployments.of(scope).find(first.namespace, name);
  if (deployment === undefined) {
    throw invalid(scope, `${first.description} under Seldon's operator`, 'its deployment is not defined in this app, so its traffic cannot be set');
  }
  return deployment;
}

function checkMatchesAndHeaders(scope: Construct, { matched, shared }: ResolvedEndpoint): void {
  if (matched.length > 0) {
    throw invalid(scope, `a match that selects ${matched[0].target.description} under Seldon's operator`, `it shares by percentage only. ${USE_ISTIO}`);
  }
  const changed = shared.find(({ arm }) => arm.requestHeaders !== undefined || arm.responseHeaders !== undefined);
  if (changed !== undefined) {
    throw invalid(scope, `header changes for ${changed.target.description} under Seldon's operator`, `its routes change no headers. ${USE_ISTIO}`);
  }
}

/** The operator's prefix, rewrite and headers are those of the predictors' own endpoint. */
function checkEndpoints(scope: Construct, { endpoint, policy, directResponses = [] }: EndpointPlan, usual: EndpointDefaults): void {
  const { gateways, paths, grpc } = endpoint;
  if (gateways.length > 1) {
    throw invalid(scope, `gateways ${gateways.map(({ gatewayName }) => gatewayName).join(', ')} under Seldon's operator`, `it supports one. ${USE_ISTIO}`);
  }
  if (paths !== usual.paths && String(paths) !== String(usual.paths)) {
    throw invalid(scope, `paths ${paths.join(', ') || 'none'} under Seldon's operator`, `it accepts ${usual.paths.join(', ')} alone. ${USE_ISTIO}`);
  }
  if (!sameCalls(grpc, usual.grpc)) {
    throw invalid(scope, 'gRPC calls of the endpoint under Seldon\'s operator', `it accepts only those with ${headersOf(usual.grpc)}. ${USE_ISTIO}`);
  }
  const rewrite = policy?.rewrite;
  if (rewrite?.pattern !== undefined || rewrite?.replacement !== usual.rewrite!.replacement) {
    throw invalid(scope, `rewrite to ${rewrite === undefined ? 'the same path' : show(rewrite.replacement)} under Seldon's operator`,
      `it rewrites to ${show(usual.rewrite!.replacement)} alone. ${USE_ISTIO}`);
  }
  checkPolicy(scope, policy!);
  // Every endpoint of a predictor has a direct response for the metrics, which the operator does not support.
  const metrics = String(StringMatch.exact(`${usual.paths[0].value}prometheus`));
  const answer = directResponses.find(({ path, status, body }) => String(path) !== metrics || status !== 404 || body !== undefined);
  if (answer !== undefined) {
    throw invalid(scope, `a direct response for path ${answer.path} under Seldon's operator`, `its routes have no direct responses. ${USE_ISTIO}`);
  }
}

function sameCalls({ headerSets: [set, ...more], methods }: GrpcCalls, { headerSets: [usual], methods: usualMethods }: GrpcCalls): boolean {
  if (set === undefined || more.length > 0 || methods.kind !== usualMethods.kind || methods.value !== usualMethods.value) return false;
  const names = Object.keys(usual);
  return Object.keys(set).length === names.length && names.every((name) => set[name] === usual[name]);
}

function headersOf({ headerSets: [set] }: GrpcCalls): string {
  return Object.entries(set).map(([name, value]) => `${name}: ${value}`).join(' and ');
}

function checkPolicy(scope: Construct, { timeout, delay, abort, cors, retries }: RoutePolicy): void {
  const what = Object.entries({ timeout, delay, abort, cors }).find(([, value]) => value !== undefined)?.[0];
  if (what !== undefined) throw invalid(scope, `${what} under Seldon's operator`, `its routes have none. ${USE_ISTIO}`);
  if (retries !== undefined) checkRetries(scope, retries);
}

function checkRetries(scope: Construct, { attempts, perTryTimeout, retryOn }: RetryPolicy): void {
  if (attempts === 0) {
    throw invalid(scope, 'retries of 0 attempts under Seldon\'s operator', `it cannot disable Istio's own two retries. ${USE_ISTIO}`);
  }
  if (perTryTimeout === undefined) {
    throw invalid(scope, 'retries without a perTryTimeout under Seldon\'s operator', 'it would end each try after one second. Set perTryTimeout');
  }
  if (retryOn !== undefined && [...retryOn].sort().join() !== [...OPERATOR_RETRY_ON].sort().join()) {
    throw invalid(scope, `retries on ${retryOn.join(', ')} under Seldon's operator`, `its routes retry on ${OPERATOR_RETRY_ON.join(', ')}. ${USE_ISTIO}, or leave it out`);
  }
}

function liveShares(scope: Construct, { shared }: ResolvedEndpoint): [string, PredictorTraffic][] {
  const shares = shared.map(({ arm, target }) => ({ target, name: target.description, weight: arm.weight ?? 100 }));
  checkWeights(scope, shares);
  const sum = shares.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) {
    throw invalid(scope, `weights ${shares.map(({ weight }) => weight).join(', ')} under Seldon's operator`, `it accepts percentages. They must add up to 100, not ${sum}`);
  }
  return shares.map(({ target, weight }) => [predictorOf(target), { traffic: weight }]);
}

function shadowShare(scope: Construct, { mirrors }: ResolvedEndpoint): [string, PredictorTraffic][] {
  if (mirrors.length > 1) throw invalid(scope, `${mirrors.length} mirrors under Seldon's operator`, `it supports one shadow. ${USE_ISTIO}`);
  return mirrors.map(({ mirror: { percent }, target }) => {
    if (!Number.isInteger(percent)) {
      throw invalid(scope, `percent ${percent} of mirror ${target.description} under Seldon's operator`, 'it accepts whole percentages');
    }
    if (percent === 0) {
      throw invalid(scope, `percent 0 of mirror ${target.description} under Seldon's operator`, 'it would mirror every request. Leave the mirror out');
    }
    return [predictorOf(target), { traffic: percent, shadow: true }];
  });
}

function predictorOf({ seldon }: BackendTarget): string {
  return seldon!.core1!.predictor;
}

function istioOptions(scope: Construct, { endpoint: { gateways, hosts }, policy }: EndpointPlan): OperatorIstioOptions {
  if (hosts.length === 0) {
    throw invalid(scope, 'no hosts under Seldon\'s operator', 'name at least one, or a gateway with a server for HTTP requests');
  }
  const [gateway] = gateways;
  const all = gateway !== undefined && hosts.includes('*');
  return {
    gateway,
    mesh: gateway === undefined,
    hosts: all ? undefined : hosts,
    retries: policy?.retries?.attempts,
    retriesTimeout: policy?.retries?.perTryTimeout,
  };
}
