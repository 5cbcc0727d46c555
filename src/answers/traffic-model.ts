import { isIssuerKnown, placedToken } from './access/token-place';
import { Answer } from './answer';
import { InputError, suggestion } from './input/input-error';
import { RequestInput } from './input/request-input';
import { requestOf } from './input/request-of';
import { manifestNotes } from './manifest-notes';
import { Request } from './request';
import { Resolver } from './resolver';
import { Cluster } from '../cluster/cluster';
import { ClusterKind } from '../cluster/cluster-object';
import { Gateways } from '../cluster/gateways';
import { stringsOf } from '../cluster/json';
import { gatewayName } from '../cluster/routing/gateway-name';
import { gatewayVirtualHosts } from '../cluster/routing/virtual-hosts';
import { show } from '../plan/checks/errors';
import { nearest } from '../plan/checks/near-miss';

/**
 * A request and its answer.
 *
 * @internal
 */
export interface AnsweredRequest {
  /** The request that the client sends. */
  readonly request: Request;
  /** The answer. */
  readonly answer: Answer;
  /** What of the request makes no difference, in sentences without the last full stop. */
  readonly notes: readonly string[];
}

/**
 * Finds notes on an answer, in sentences without the last full stop.
 *
 * @internal
 */
export type FindNotes = (cluster: Cluster, answer: Answer) => readonly string[];

const { AUTHORIZATION_POLICY, REQUEST_AUTHENTICATION, PEER_AUTHENTICATION } = ClusterKind;
const POLICIES: ReadonlySet<string> = new Set([AUTHORIZATION_POLICY, REQUEST_AUTHENTICATION, PEER_AUTHENTICATION]);

/**
 * Answers requests as people write them, with the objects of a cluster.
 *
 * @internal
 */
export class TrafficModel {
  private readonly resolver: Resolver;
  private unprotected?: TrafficModel;

  /**
   * Reads the objects of a cluster.
   *
   * @param cluster The objects.
   * @param findNotes Finds more notes on answers, which need rules.
   */
  constructor(public readonly cluster: Cluster, private readonly findNotes?: FindNotes) {
    this.resolver = new Resolver(cluster);
  }

  /** The objects, with those that operators create. */
  public get operated(): Cluster {
    return this.resolver.cluster;
  }

  /** The same cluster without policies about callers, so that only routes decide. */
  public get withoutPolicies(): TrafficModel {
    const { objects, settings } = this.cluster;
    return this.unprotected ??= new TrafficModel(new Cluster(objects.filter(({ type }) => !POLICIES.has(type)), settings));
  }

  /**
   * Answers a request.
   *
   * @param input The request. Without a host, it is for the only one that there is.
   * @param trace Whether the answer has a trace.
   * @throws InputError if the request cannot be understood.
   */
  public ask(input: RequestInput, trace: boolean = true): AnsweredRequest {
    checkGateway(this.cluster, input.gateway);
    const written = requestOf(withHost(this.cluster, input));
    const { token } = written;
    const request = input.claims === undefined || token === undefined ? written : { ...written, token: placedToken(this.cluster, token) };
    const answer = this.resolver.resolve(request, { trace });
    const own = [...callerNotes(this.cluster, input), ...tokenNotes(this.cluster, input, request), ...manifestNotes(this.cluster, answer)];
    const { findNotes, cluster } = this;
    if (findNotes === undefined) return { request, answer, notes: own };
    // Rules are run only for notes that are read.
    return {
      request,
      answer,
      get notes() {
        return [...own, ...findNotes(cluster, answer)];
      },
    };
  }
}

function checkGateway(cluster: Cluster, gateway: string | undefined): void {
  if (gateway === undefined) return;
  const known = cluster.derived(gatewayNames);
  if (!gateway.includes('/')) {
    const named = [...known].filter((name) => name.endsWith(`/${gateway}`));
    if (named.length > 0) throw new InputError(`gateway "${gateway}" has no namespace`, `did you mean ${named.sort().slice(0, SHOWN).map(show).join(' or ')}?`);
    return;
  }
  if (!known.has(gateway)) throw new InputError(`gateway "${gateway}" does not exist`, suggestion(gateway, [...known].sort(), 'gateways'));
}

/** Gateways among the objects, and those that routes refer to. */
function gatewayNames(cluster: Cluster): ReadonlySet<string> {
  const referenced = cluster.all(ClusterKind.VIRTUAL_SERVICE)
    .flatMap(({ namespace, spec }) => stringsOf(spec.gateways).map((name) => gatewayName(name, namespace)));
  return new Set([...Gateways.of(cluster).all.map(({ object }) => `${object.namespace}/${object.name}`), ...referenced.filter((name) => name !== 'mesh')]);
}

function withHost(cluster: Cluster, input: RequestInput): RequestInput {
  if (input.url !== undefined || input.host !== undefined || input.from !== undefined) return input;
  const served = gatewayVirtualHosts(cluster).filter(({ gateway }) => input.gateway === undefined || gateway === input.gateway);
  const hosts = new Set(served.map(({ host }) => host));
  const [host] = hosts;
  if (hosts.size === 0) throw new InputError('the request has no host, and gateways route none', 'set `url` or `host`');
  if (hosts.size > 1) throw new InputError(`the request has no host, and gateways route several: ${someOf([...hosts].sort())}`, 'set `url` or `host`');
  if (host.startsWith('*.')) throw new InputError(`the request has no host, and gateways route those that match ${host}`, 'set `url` or `host`');
  // Any host will do.
  return { ...input, host: host === '*' ? 'any.example' : host };
}

function someOf(hosts: readonly string[]): string {
  return hosts.length <= SHOWN ? hosts.join(', ') : `${hosts.slice(0, SHOWN).join(', ')} and ${hosts.length - SHOWN} more`;
}

const SHOWN = 8;

/** A spelling error would go unnoticed, since a namespace of which nothing is known has no routes of its own. */
function callerNotes(cluster: Cluster, { from }: RequestInput): readonly string[] {
  if (from === undefined) return [];
  const known = cluster.derived(namespaces);
  if (known.has(from.namespace)) return [];
  const near = nearest(from.namespace, [...known].sort());
  return [`no object is in namespace ${show(from.namespace)}. ${near === undefined ? 'What the cluster has there is missing here' : `Did you mean ${show(near)}?`}`];
}

function namespaces(cluster: Cluster): ReadonlySet<string> {
  return new Set(cluster.objects.map(({ type, name, namespace }) => (type === ClusterKind.NAMESPACE ? name : namespace)));
}

function tokenNotes(cluster: Cluster, { claims }: RequestInput, { token }: Request): readonly string[] {
  if (token === undefined) return [];
  if (cluster.all(ClusterKind.REQUEST_AUTHENTICATION).length > 0) {
    return isIssuerKnown(cluster, token) ? [] : [`no RequestAuthentication has a rule for tokens of issuer ${show(token.claims.iss)}`];
  }
  if (claims !== undefined) {
    throw new InputError('the request has claims, but there is no RequestAuthentication that reads tokens',
      'remove the claims, or add the RequestAuthentication to the manifests or their context');
  }
  return ['there is no RequestAuthentication, so the token makes no difference. Its signature is not verified here'];
}
