import { IConstruct } from 'constructs';
import { HashKey } from './hash-key';
import {
  ConsistentHash, LoadBalancer, LoadBalancerSimple, LocalityFailover, LocalityLoadBalancing, Warmup, ZoneAwareLoadBalancing,
} from './load-balancer';
import { IstioRelease } from '../../mesh/release';
import { checkDuration, checkInteger, checkIsDuration, checkNoControls, checkPercent } from '../../plan/checks/checks';
import { checkCookieAttributes, writtenAttributes } from '../../plan/checks/cookie-attributes';
import { invalid, show } from '../../plan/checks/errors';
import { checkList, checkMember, checkObject, checkTexts } from '../../plan/checks/type-checks';
import { isHeaderToken } from '../../plan/header-checks';
import { checkDurationOrZero } from '../common/duration-checks';

/** Limits of Envoy's hash ring and of Istio's Maglev table. */
const MAX_RING_SIZE = 8388608;
const MAX_TABLE_SIZE = 5000010;

/** Algorithms for which Envoy supports a slow start. */
const WARMING: readonly LoadBalancerSimple[] = [LoadBalancerSimple.LEAST_REQUEST, LoadBalancerSimple.ROUND_ROBIN];

const MAX_UINT32 = 4294967295;

const TOPOLOGY_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

/**
 * Checks load balancing settings.
 *
 * @internal
 */
export function checkLoadBalancer(at: IConstruct, release: IstioRelease, where: string, loadBalancer: LoadBalancer): void {
  const { simple, consistentHash, locality, zoneAware, warmup } = loadBalancer;
  if ([simple, consistentHash, locality, zoneAware, warmup].every((part) => part === undefined)) {
    throw invalid(at, `${where} without settings`, 'set simple, consistentHash, locality, zoneAware or warmup, or leave it out');
  }
  for (const [name, value] of Object.entries({ consistentHash, locality, zoneAware, warmup })) checkObject(at, `${where}.${name}`, undefined, value, 'an object');
  checkMember(at, `${where}.simple`, simple, LoadBalancerSimple);
  if (simple !== undefined && consistentHash !== undefined) throw invalid(at, `${where} has simple and consistentHash`, 'set one of the two');
  if (simple === LoadBalancerSimple.LEAST_REQUEST) release.require(at, `${where}.simple "LEAST_REQUEST"`, '1.14');
  if (consistentHash !== undefined) checkConsistentHash(at, release, `${where}.consistentHash`, consistentHash);
  if (locality !== undefined && zoneAware !== undefined) throw invalid(at, `${where} has locality and zoneAware`, 'set one of the two');
  if (locality !== undefined) checkLocality(at, release, `${where}.locality`, locality);
  if (zoneAware !== undefined) checkZoneAware(at, release, `${where}.zoneAware`, zoneAware);
  if (warmup === undefined) return;
  checkWarmup(at, release, `${where}.warmup`, warmup);
  const other = consistentHash !== undefined ? 'consistentHash' : simple !== undefined && !WARMING.includes(simple) ? `simple ${show(simple)}` : undefined;
  if (other !== undefined) {
    throw invalid(at, `${where} has warmup and ${other}`, `Envoy supports warm-up only with ${WARMING.join(' and ')}. Set one of these, or leave warmup out`);
  }
}

function checkConsistentHash(at: IConstruct, release: IstioRelease, where: string, hash: ConsistentHash): void {
  const { key, ringHashMinimumSize, maglevTableSize } = hash;
  if (!(key instanceof HashKey)) throw invalid(at, `${where}.key ${show(key)}`, `expected a HashKey, such as HashKey.header(${typeof key === 'string' ? show(key) : '…'})`);
  checkHashKey(at, release, `${where}.key`, key);
  if (ringHashMinimumSize !== undefined && maglevTableSize !== undefined) {
    throw invalid(at, `${where} has ringHashMinimumSize and maglevTableSize`, 'set one of the two');
  }
  if (ringHashMinimumSize !== undefined) {
    checkInteger(at, `${where}.ringHashMinimumSize`, ringHashMinimumSize, 0, MAX_RING_SIZE);
    release.require(at, `${where}.ringHashMinimumSize`, '1.16');
  }
  if (maglevTableSize !== undefined) {
    checkInteger(at, `${where}.maglevTableSize`, maglevTableSize, 1, MAX_TABLE_SIZE);
    if (!isPrime(maglevTableSize)) throw invalid(at, `${where}.maglevTableSize ${maglevTableSize}`, 'expected a prime number such as 65537');
    release.require(at, `${where}.maglevTableSize`, '1.16');
  }
}

function checkHashKey(at: IConstruct, release: IstioRelease, where: string, { _header, _cookie, _queryParameter }: HashKey): void {
  if (_header === '') throw invalid(at, `${where} with an empty header name`, 'set the name of the header');
  // Envoy also hashes pseudo-headers such as :path.
  if (_header !== undefined && (typeof _header !== 'string' || !isHeaderToken(_header.replace(/^:/, '')))) {
    throw invalid(at, `${where} with header ${show(_header)}`, 'expected a header name of letters, digits and signs such as "-", without a space');
  }
  if (_queryParameter === '') throw invalid(at, `${where} with an empty query parameter`, 'set the name of the parameter');
  if (_cookie === undefined) return;
  if (_cookie.name === '') throw invalid(at, `${where} with an empty cookie name`, 'set the name of the cookie');
  checkCookieText(at, `${where} with cookie name`, _cookie.name);
  checkCookieText(at, `${where} with path`, _cookie.path);
  if (_cookie.ttl !== undefined) checkDurationOrZero(at, `${where}.ttl`, _cookie.ttl);
  checkCookieAttributes(at, where, _cookie);
  const written = writtenAttributes(_cookie);
  if (_cookie.attributes === undefined && written.length === 0) return;
  release.require(at, `${where}.attributes`, '1.28');
  if (written.length > 0 && _cookie.ttl === undefined) {
    throw invalid(at, `${where} with ${written.map(({ name }) => name).join(', ')} and no ttl`, 'without a ttl no cookie is generated. Set ttl, or Duration.millis(0) for a session cookie');
  }
  const seen = new Set<string>(written.map(({ name }) => name.toLowerCase()));
  for (const { name, value } of _cookie.attributes ?? []) {
    checkCookieText(at, `${where} with attribute`, name);
    checkCookieText(at, `${where} with attribute ${name}`, value);
    if (name === '') throw invalid(at, `${where} with an attribute without a name`, 'set the name of the attribute, such as "SameSite"');
    if (seen.has(name.toLowerCase())) throw invalid(at, `${where} with attribute ${show(name)} twice`, 'set it once');
    seen.add(name.toLowerCase());
  }
}

/** Envoy adds the cookie to a response, where control characters are not allowed. */
function checkCookieText(at: IConstruct, what: string, text: string | undefined): void {
  if (text !== undefined) checkNoControls(at, `${what} ${JSON.stringify(text)}`, text);
}

/** Istio treats 1 as a prime. */
function isPrime(value: number): boolean {
  for (let i = 2; i * i <= value; i++) if (value % i === 0) return false;
  return true;
}

function checkWarmup(at: IConstruct, release: IstioRelease, where: string, { duration, minimumPercent, aggression }: Warmup): void {
  release.require(at, where, '1.24');
  checkIsDuration(at, `${where}.duration`, duration);
  checkDuration(at, `${where}.duration`, duration);
  if (minimumPercent !== undefined) checkPercent(at, `${where}.minimumPercent`, minimumPercent);
  if (aggression === undefined) return;
  if (!(aggression > 0 && Number.isFinite(aggression))) throw invalid(at, `${where}.aggression ${aggression}`, 'expected a number above 0');
  if (aggression < 1 && !release.isAtLeast('1.31')) throw invalid(at, `${where}.aggression ${aggression}`, 'Istio before 1.31 requires 1 or more');
}

function checkLocality(at: IConstruct, release: IstioRelease, where: string, locality: LocalityLoadBalancing): void {
  const { distribute = [], failover = [], failoverPriority } = locality;
  if (distribute.length > 0 && failover.length > 0) throw invalid(at, `${where} has distribute and failover`, 'set one of the two');
  if (failoverPriority !== undefined) {
    release.require(at, `${where}.failoverPriority`, '1.12');
    const topology = failover.length > 0 ? failoverPriority.find((label) => TOPOLOGY_LABELS.includes(label)) : undefined;
    if (topology !== undefined) {
      throw invalid(at, `${where} has failover and ${show(topology)} in failoverPriority`, 'both determine the failover region. Leave one of them out');
    }
  }
  for (const { from, to } of distribute) {
    let sum = 0;
    for (const target of Object.keys(to)) {
      checkInteger(at, `${where}.distribute from ${show(from)} to ${show(target)} with weight`, to[target], 1, 100);
      sum += to[target];
    }
    if (sum !== 100) throw invalid(at, `${where}.distribute from ${show(from)} with weights that add up to ${sum}`, 'expected 100');
    checkLocalities(at, `${where}.distribute from ${show(from)} to`, Object.keys(to));
  }
  checkLocalities(at, `${where}.distribute from`, distribute.map(({ from }) => from));
  checkFailover(at, where, failover);
}

function checkZoneAware(at: IConstruct, release: IstioRelease, where: string, zoneAware: ZoneAwareLoadBalancing): void {
  const { failover = [], failoverPriority = [], minClusterSize } = zoneAware;
  release.require(at, where, '1.31');
  checkList(at, `${where}.failover`, failover, 'objects with from and to');
  checkTexts(at, `${where}.failoverPriority`, failoverPriority);
  const topology = failoverPriority.find((label) => TOPOLOGY_LABELS.includes(label));
  if (topology !== undefined) {
    throw invalid(at, `${where} has ${show(topology)} in failoverPriority`, 'zone-aware load balancing already prefers the region and the zone. Leave it out');
  }
  checkFailover(at, where, failover);
  if (minClusterSize !== undefined) checkInteger(at, `${where}.minClusterSize`, minClusterSize, 1, MAX_UINT32);
}

function checkFailover(at: IConstruct, where: string, failover: readonly LocalityFailover[]): void {
  for (const { from, to } of failover) {
    for (const region of [from, to]) {
      if (/[/*]/.test(region)) throw invalid(at, `${where}.failover ${show(region)}`, 'expected the name of a region, without zone or wildcard');
    }
    if (from === to) throw invalid(at, `${where}.failover from ${show(from)} to itself`, 'set another region');
  }
}

/** Localities of one list must not overlap. A `*` at the end of one matches the rest. */
function checkLocalities(at: IConstruct, what: string, localities: readonly string[]): void {
  const seen: string[][] = [];
  for (const locality of localities) {
    const parts = splitLocality(locality);
    if (parts.includes('')) throw invalid(at, `${what} ${show(locality)}`, 'expected region/zone/subzone or less, with no empty part');
    const star = locality.indexOf('*');
    if (star >= 0 && star !== locality.length - 1) throw invalid(at, `${what} ${show(locality)}`, 'one "*" is allowed, at the end');
    const other = seen.find((each) => each.every((part, i) => parts[i] === undefined || part === '*' || parts[i] === '*' || part === parts[i]));
    if (other !== undefined) throw invalid(at, `${what} ${show(locality)}, which overlaps ${show(other.join('/'))}`, 'list each locality once');
    seen.push(parts);
  }
}

/** Into at most three parts: what follows the second slash is the subzone. */
function splitLocality(locality: string): string[] {
  const [region, zone, ...subzone] = locality.split('/');
  if (zone === undefined) return [region];
  return subzone.length === 0 ? [region, zone] : [region, zone, subzone.join('/')];
}
