import { AccessPolicies } from './access/access-policies';
import { Answer, Step } from './answer';
import { Arrivals } from './arrival/arrivals';
import { distinct } from './cases';
import { Destinations } from './destinations/destinations';
import { ifUnchanged } from './filtered';
import { GatewayEntrances } from './gateways/gateway-entrance';
import { MeshHosts } from './mesh/mesh-hosts';
import { operatedCluster } from './operated-cluster';
import { ForwardedConnections } from './passage/forwarded-connections';
import { GatewayPassage } from './passage/gateway-passage';
import { PassedFilters } from './passage/passed-filters';
import { Choose, RulePassage } from './passage/rule-passage';
import { WorkloadPassage } from './passage/workload-passage';
import { Request } from './request';
import { Tracer } from './tracer';
import { Cluster } from '../cluster/cluster';
import { envoyOf } from '../cluster/envoy-release';

/**
 * Options of a resolution.
 *
 * @internal
 */
export interface ResolveOptions {
  /** Whether the answer holds the way of the request. @default false */
  readonly trace?: boolean;
}

/**
 * Finds out who answers requests, from the manifests alone.
 *
 * @internal
 */
export class Resolver {
  /** The objects, with those that operators create. */
  public readonly cluster: Cluster;
  /** The policies about callers. */
  public readonly policies: AccessPolicies;
  /** The connections that gateways accept. */
  public readonly entrances: GatewayEntrances;
  private readonly fromOutside: GatewayPassage;
  private readonly fromWorkload: WorkloadPassage;

  /**
   * Indexes the objects of a cluster.
   *
   * @param choose Chooses the rules that may answer; as Envoy does if undefined.
   */
  constructor(cluster: Cluster, choose?: Choose) {
    const operated = this.cluster = operatedCluster(cluster);
    const destinations = new Destinations(operated);
    const policies = this.policies = new AccessPolicies(operated);
    const rules = new RulePassage(operated, destinations, new Arrivals(operated, policies), choose);
    const connections = new ForwardedConnections(operated, destinations);
    this.entrances = new GatewayEntrances(operated);
    const filters = new PassedFilters(operated);
    const envoy = envoyOf(operated);
    this.fromOutside = new GatewayPassage(this.entrances, policies, connections, rules, filters, envoy);
    this.fromWorkload = new WorkloadPassage(new MeshHosts(operated), destinations, rules, filters, envoy);
  }

  /**
   * Answers a request.
   *
   * @throws an Error if the request does not tell where it enters, or names an unknown Gateway.
   */
  public resolve(request: Request, { trace = false }: ResolveOptions = {}): Answer {
    const tracer = trace ? new Tracer() : undefined;
    const { entry } = request;
    const cases = entry.kind === 'gateway' ? this.fromOutside.cases(request, entry, tracer) : this.fromWorkload.cases(request, entry, tracer);
    const isPlain = cases.length === 1 && cases[0].filters === undefined;
    return { cases: isPlain ? cases : distinct(cases).map(ifUnchanged), trace: tracer?.steps ?? NO_STEPS };
  }
}

const NO_STEPS: readonly Step[] = [];
