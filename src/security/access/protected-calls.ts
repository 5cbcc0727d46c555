import { IConstruct } from 'constructs';
import { DeniedRequests, HeaderSet, headersKey, policyPath } from './denied-requests';
import { BackendTarget } from '../../plan/backend';
import { reachedTarget } from '../../plan/bind';
import { invalid } from '../../plan/checks/errors';
import { CORE2_SERVICE, MODEL_HEADER } from '../../plan/core2-service';
import { InferenceEndpoint, GrpcCalls } from '../../plan/endpoint';
import { EndpointPlan, Plan } from '../../plan/plan';
import { StringMatch, StringMatchKind } from '../../plan/string-match';

/** Requests for some hosts that reach models. @internal */
export interface HostCalls extends DeniedRequests {
  /** Paths in the syntax of policies. */
  readonly paths: Set<string>;
  /** Values of single headers. */
  readonly headers: Map<string, Set<string>>;
  /** Sets of headers that identify a model only together. */
  readonly headerSets: Map<string, HeaderSet>;
}

/**
 * The requests that reach certain models, by path and by the headers that identify them, for each group of hosts.
 *
 * @internal
 */
export class ProtectedCalls {
  private readonly groups = new Map<string, HostCalls>();

  constructor(private readonly at: IConstruct) {}

  /** All groups, in order of creation. */
  public get all(): readonly HostCalls[] {
    return [...this.groups.values()];
  }

  /** Adds the requests of an endpoint, and those that address the models behind it directly. */
  public addEndpoint({ name: planName }: Plan, { endpoint, arms, mirrors = [] }: EndpointPlan): void {
    const group = this.groupOf(endpoint.hosts);
    for (const path of endpoint.paths) group.paths.add(this.pathOf(`endpoint "${endpoint.name}"`, path));
    const targets = arms.map((arm) => reachedTarget(this.at, arm));
    if (targets.some(({ grpc }) => grpc !== undefined)) this.addCalls(group, endpoint);
    for (const target of targets) {
      this.checkModelHeader(target);
      this.addNames(group, target);
      // An ExperimentRouter names the Experiment after the rollout.
      if (target.seldon?.core2 !== undefined) this.addModel(group, `${planName}.experiment`);
    }
    for (const mirror of mirrors) this.checkModelHeader(reachedTarget(this.at, mirror));
  }

  /** Adds the requests that address a model, on all hosts. */
  public addBackend(target: BackendTarget): void {
    const group = this.groupOf(undefined);
    this.checkModelHeader(target);
    if (target.requestHeaders?.[MODEL_HEADER] !== undefined) {
      this.addNames(group, target);
      return;
    }
    const paths = target.endpoint?.paths ?? target.paths;
    if (paths === undefined) {
      throw invalid(this.at, `the paths of ${target.description} are not known`, 'list the rollout that routes to it in endpoints');
    }
    for (const path of paths) group.paths.add(this.pathOf(target.description, path));
    if (target.grpc === undefined) return;
    const sets = target.endpoint?.grpc.headerSets ?? (target.grpcHeaders === undefined ? [] : [target.grpcHeaders]);
    if (sets.length === 0) {
      throw invalid(this.at, `${target.description} accepts gRPC calls, and the headers that identify it are not known`,
        'its gRPC calls would not be denied. List the rollout that routes to it in endpoints, or set its grpcHeaders');
    }
    for (const set of sets) addHeaders(group, set);
  }

  /** All paths, possibly with duplicates. */
  public get paths(): string[] {
    return this.all.flatMap(({ paths }) => [...paths]);
  }

  private groupOf(hosts: readonly string[] | undefined): HostCalls {
    const names = hosts === undefined || hosts.includes('*') ? undefined : [...new Set(hosts.map((host) => host.toLowerCase()))];
    const key = names?.join() ?? '';
    const group = this.groups.get(key) ?? { hosts: names, paths: new Set(), headers: new Map(), headerSets: new Map() };
    this.groups.set(key, group);
    return group;
  }

  private addCalls(group: HostCalls, { name, grpc, hosts }: InferenceEndpoint): void {
    for (const set of grpc.headerSets) {
      if (Object.keys(set).length > 0) addHeaders(group, set);
      else group.paths.add(this.callsOf(name, grpc, hosts));
    }
  }

  /** All calls of a host. They are denied by path, so the rule must not apply to other hosts. */
  private callsOf(name: string, { methods }: GrpcCalls, hosts: readonly string[]): string {
    if (hosts.some((host) => host.includes('*'))) {
      throw invalid(this.at, `endpoint "${name}" accepts all gRPC calls of ${hosts.map((host) => `"${host}"`).join(', ')}`,
        'a rule cannot list such hosts with their ports, and for all hosts it would deny calls to others. Set full host names, or identify its calls by a header');
    }
    return this.pathOf(`gRPC calls of endpoint "${name}"`, methods);
  }

  private addNames(group: HostCalls, { requestHeaders = {} }: BackendTarget): void {
    const model = requestHeaders[MODEL_HEADER];
    if (model !== undefined) this.addModel(group, model);
    else if (Object.keys(requestHeaders).length > 0) addHeaders(group, requestHeaders);
  }

  /** A route that is not written here may forward requests unchanged, and Seldon reads the header, else the path. */
  private addModel(group: HostCalls, model: string): void {
    addHeaders(group, { [MODEL_HEADER]: model });
    const pipeline = /^(.*)\.pipeline$/.exec(model)?.[1];
    for (const path of [`/v2/models/${model}`, ...pipeline === undefined ? [] : [`/v2/pipelines/${pipeline}`]]) {
      group.paths.add(path);
      group.paths.add(`${path}/*`);
    }
  }

  private checkModelHeader({ description, host, requestHeaders }: BackendTarget): void {
    if (!host.startsWith(`${CORE2_SERVICE}.`) || requestHeaders?.[MODEL_HEADER] !== undefined) return;
    throw invalid(this.at, `the route to ${description} sets no header ${MODEL_HEADER}`,
      'Seldon would serve any model that the caller selects there. Route to a Model, Pipeline or Experiment, or set requestHeaders');
  }

  private pathOf(whose: string, path: StringMatch): string {
    if (path.kind === StringMatchKind.REGEX || /[*{}]/.test(path.value)) {
      throw invalid(this.at, `path ${path} of ${whose}`, 'rules support only exact paths and prefixes, without "*" and braces. Use such a path');
    }
    return policyPath(path);
  }
}

function addHeaders(group: HostCalls, set: HeaderSet): void {
  const names = Object.keys(set);
  if (names.length === 1) {
    const values = group.headers.get(names[0]) ?? new Set();
    group.headers.set(names[0], values.add(set[names[0]]));
  } else {
    group.headerSets.set(headersKey(set), set);
  }
}
