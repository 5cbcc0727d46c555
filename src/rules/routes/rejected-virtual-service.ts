import { core2RouteExample, selects } from './core2-route-example';
import { Rejection, ruleRejections } from './virtual-service-rejections';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, listOf, objectOf, stringsOf } from '../../cluster/json';
import { isDelegate } from '../../cluster/routing/delegates';
import { isWildcardDomain } from '../../objects/istio/names';
import { virtualServiceFaults } from '../../objects/istio/virtual-service-faults';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';
import { rejectionsOf } from '../rejections/rejections-of';
import { Level, Problem, Rule } from '../rule';

/** A VirtualService that istiod rejects. */
export const rejectedVirtualService: Rule = {
  id: 'rejected-virtual-service',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A VirtualService is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects a VirtualService for sidecars on \`*\`, hosts that are no DNS names or that overlap, a rule without an answer or with two of
them, expressions that are not valid in RE2, and values that a field does not allow, such as an unknown condition of retries, a header value with a
single percent sign or a name for TLS that is not among the hosts. Weights and delegates of delegates have rules of their own.`,
    wrong: core2RouteExample(`    - match: [{ uri: { regex: '/v2/models/(?!wine/).*' } }]
${selects('iris')}`),
    right: core2RouteExample(`    - match: [{ uri: { regex: '/v2/models/iris/.*' } }]
${selects('iris')}`),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.VIRTUAL_SERVICE).flatMap((object) => [
    ...objectRejections(object),
    ...listOf(object.spec.http).flatMap((rule, i) => (isObject(rule) ? ruleRejections(rule, isDelegate(object), ['spec', 'http', i]) : [])),
  ].map(({ problem, ...rejection }): Problem => ({ object, ...rejection, problem: `${problem}, so Istio rejects ${object}` }))
    .concat(rejectionsOf(object, virtualServiceFaults(object.spec, object.namespace)))),
};

const PROTOCOLS = ['http', 'tls', 'tcp'];

function objectRejections(object: ClusterObject): Rejection[] {
  const { spec } = object;
  const empty = { field: ['spec'], problem: 'there is no http, tls or tcp', remedy: 'add rules' };
  const rules = PROTOCOLS.some((name) => !isEmpty(spec[name])) ? [] : [empty];
  if (isDelegate(object)) {
    return ['gateways', 'tls', 'tcp'].filter((name) => listOf(spec[name]).length > 0).map((name): Rejection => ({
      field: ['spec', name],
      problem: `a VirtualService without hosts is a delegate, and it has ${name}`,
      remedy: name === 'gateways' ? 'add hosts, or remove the gateways of a delegate' : `add hosts, or remove ${name}`,
    })).concat(rules);
  }
  const isOnMesh = isEmpty(spec.gateways) || stringsOf(spec.gateways).includes('mesh');
  return [
    ...hostRejections(stringsOf(spec.hosts), isOnMesh),
    ...rules,
    ...isOnMesh ? claimRejections(spec.http) : [],
  ];
}

/** What cannot be read is not empty. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function hostRejections(hosts: readonly string[], isOnMesh: boolean): Rejection[] {
  const found: Rejection[] = [];
  const reject = (i: number, problem: string, remedy: string) => found.push({ field: ['spec', 'hosts', i], problem, remedy });
  for (const [i, host] of hosts.entries()) {
    if (host === '*' && isOnMesh) {
      reject(i, 'sidecars use the VirtualService, and its host is "*"', 'name the Gateways in gateways, without mesh, or list the hosts');
    } else if (host !== '*' && !isIpAddress(host) && !isWildcardDomain(host)) {
      reject(i, `host ${show(host)} is not a valid DNS name`, 'write only the name, without scheme, port or path');
    }
  }
  if (found.length > 0) return found;
  const before = new HostOverlaps();
  for (const [i, host] of hosts.entries()) {
    const other = before.find(host);
    before.add(host);
    if (other !== undefined) reject(i, `hosts ${show(other)} and ${show(host)} overlap`, 'remove the narrower one');
  }
  return found;
}

/** Hosts by their endings. One with a wildcard overlaps all that end like it. */
class HostOverlaps {
  private readonly positions = new Map<string, number>();
  private readonly wildcards = new Map<string, number>();
  private readonly endings = new Map<string, number>();
  private readonly hosts: string[] = [];

  public add(host: string): void {
    const position = this.hosts.push(host) - 1;
    setFirst(this.positions, host, position);
    if (host.startsWith('*')) setFirst(this.wildcards, host.slice(1), position);
    for (const ending of endingsOf(host)) setFirst(this.endings, ending, position);
  }

  /** The first host that overlaps another one. */
  public find(host: string): string | undefined {
    const positions = [this.positions.get(host), host.startsWith('*') ? this.endings.get(host.slice(1)) : undefined];
    if (this.wildcards.size > 0) positions.push(...endingsOf(host).map((ending) => this.wildcards.get(ending)));
    const found = positions.filter((position) => position !== undefined);
    return found.length === 0 ? undefined : this.hosts[Math.min(...found)];
  }
}

function setFirst(map: Map<string, number>, key: string, position: number): void {
  if (!map.has(key)) map.set(key, position);
}

/** What a host ends with, its wildcard excepted. */
function endingsOf(host: string): string[] {
  const rest = host.replace(/^\*/, '');
  return Array.from({ length: rest.length + 1 }, (_, i) => rest.slice(i));
}

const CLAIM = /^@request\.auth\.claims[.[]/i;

/** Only gateways route by claims. */
function claimRejections(http: unknown): Rejection[] {
  return listOf(http).flatMap((rule, i) => listOf(objectOf(rule).match).flatMap((match, j) => ['headers', 'withoutHeaders'].flatMap((name) => (
    Object.keys(objectOf(objectOf(match)[name])).filter((key) => CLAIM.test(key)).map((key) => ({
      field: ['spec', 'http', i, 'match', j, name, key],
      problem: 'sidecars use the VirtualService, and only gateways route by claims of a token',
      remedy: 'name the Gateways in gateways, without mesh',
    }))
  ))));
}
