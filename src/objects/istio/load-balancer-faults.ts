import { eachObject, FieldFaults } from './field-faults';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';

const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
const MAX_TABLE = 5_000_011;

/**
 * What Istio rejects in the settings of a load balancer.
 *
 * @internal
 */
export function loadBalancerFaults(faults: FieldFaults, field: FieldPath, settings: unknown): void {
  if (!isObject(settings)) return;
  const { consistentHash, localityLbSetting, zoneAwareLbSetting, warmup } = settings;
  if (isObject(consistentHash)) hashFaults(faults, [...field, 'consistentHash'], consistentHash);
  if (isObject(localityLbSetting) && isObject(zoneAwareLbSetting)) faults.add(field, 'has both localityLbSetting and zoneAwareLbSetting', 'keep one of them');
  if (isObject(localityLbSetting)) localityFaults(faults, [...field, 'localityLbSetting'], localityLbSetting);
  if (isObject(zoneAwareLbSetting)) zoneFaults(faults, [...field, 'zoneAwareLbSetting'], zoneAwareLbSetting);
  if (isObject(warmup)) warmupFaults(faults, [...field, 'warmup'], warmup);
}

function hashFaults(faults: FieldFaults, field: FieldPath, hash: JsonObject): void {
  const { httpCookie, maglev } = hash;
  if (isObject(httpCookie)) {
    if (stringOf(httpCookie.name) === undefined) faults.add([...field, 'httpCookie'], 'has no name', 'set the name of the cookie');
    faults.anyDuration([...field, 'httpCookie', 'ttl'], httpCookie.ttl);
    const names = new Set<string>();
    eachObject(httpCookie.attributes, ({ name }, i) => {
      const at = [...field, 'httpCookie', 'attributes', i];
      const written = stringOf(name);
      if (written === undefined) faults.add(at, 'has no name', 'set the name of the attribute');
      else if (names.has(written)) faults.add(at, `has the name ${show(written)}, as an attribute before it`, 'remove one of the two');
      else names.add(written);
    });
  }
  if ((numberOf(hash.minimumRingSize) ?? 0) !== 0 && (isObject(hash.ringHash) || isObject(maglev))) {
    faults.add([...field, 'minimumRingSize'], 'is set, and so is ringHash or maglev', 'set ringHash.minimumRingSize instead');
  }
  if (isObject(maglev)) {
    const size = numberOf(maglev.tableSize) ?? 0;
    if (size >= MAX_TABLE || !isPrime(size)) faults.add([...field, 'maglev', 'tableSize'], `is ${size}`, `expected a prime number below ${MAX_TABLE}, such as 65537`);
  }
}

function isPrime(number: number): boolean {
  if (number < 1) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

function localityFaults(faults: FieldFaults, field: FieldPath, setting: JsonObject): void {
  const { distribute, failover, failoverPriority } = setting;
  const hasFailover = listOf(failover).length > 0;
  if (listOf(distribute).length > 0 && hasFailover) return faults.add(field, 'has both distribute and failover', 'keep one of them');
  const topology = stringsOf(failoverPriority).find((label) => TOPOLOGY.includes(label));
  if (hasFailover && topology !== undefined) return faults.add([...field, 'failoverPriority'], `has ${show(topology)}, and failover is set`, 'remove one of the two');
  const sources: string[] = [];
  eachObject(distribute, ({ from, to }, i) => {
    sources.push(typeof from === 'string' ? from : '');
    distributionFaults(faults, [...field, 'distribute', i, 'to'], objectOf(to));
  });
  placesFaults(faults, [...field, 'distribute'], sources);
  failoverFaults(faults, [...field, 'failover'], failover);
}

function distributionFaults(faults: FieldFaults, field: FieldPath, to: JsonObject): void {
  const shares = Object.entries(to);
  const weights = shares.map(([, weight]) => numberOf(weight) ?? 0);
  const wrong = weights.findIndex((weight) => weight < 1 || weight > 100);
  if (wrong >= 0) return faults.add([...field, shares[wrong][0]], `is ${weights[wrong]}`, 'expected 1 to 100');
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum !== 100) return faults.add(field, `has weights that add up to ${sum}`, 'set weights that add up to 100');
  placesFaults(faults, field, shares.map(([place]) => place));
}

/** Places are regions, zones and subzones. None may lie in another one. */
function placesFaults(faults: FieldFaults, field: FieldPath, places: readonly string[]): void {
  const isMalformed = (place: string) => /\*./.test(place) || splitPlace(place).includes('');
  const malformed = places.find(isMalformed);
  if (malformed !== undefined) return faults.add(field, `has the place ${show(malformed)}`, 'expected "region", "region/zone" or "region/zone/subzone", with "*" only at the end');
  const overlap = findOverlap(places.map(splitPlace));
  if (overlap !== undefined) faults.add(field, `has the place ${show(places[overlap])}, which overlaps one before it`, 'remove one of the two');
}

function splitPlace(place: string): string[] {
  const [region, zone, ...subzone] = place.split('/');
  return [region, ...zone === undefined ? [] : [zone], ...subzone.length === 0 ? [] : [subzone.join('/')]];
}

const ALL = '*';

/** The position of the first place that overlaps one before it. */
function findOverlap(places: readonly (readonly string[])[]): number | undefined {
  const regions = new Map<string, Map<string, Set<string>>>();
  const found = places.findIndex(([region, zone, subzone]) => {
    const zones = regions.get(region);
    const subzones = zones?.get(zone ?? ALL);
    const isInRegion = zones !== undefined && (zone === undefined || zones.has(ALL));
    const isInZone = subzones !== undefined && (subzone === undefined || subzones.has(ALL) || subzones.has(subzone));
    const isOverlap = regions.has(ALL) || isInRegion || isInZone;
    computeIfAbsent(computeIfAbsent(regions, region, () => new Map<string, Set<string>>()), zone ?? ALL, () => new Set<string>()).add(subzone ?? ALL);
    return isOverlap;
  });
  return found < 0 ? undefined : found;
}

function zoneFaults(faults: FieldFaults, field: FieldPath, setting: JsonObject): void {
  stringsOf(setting.failoverPriority).forEach((label, i) => {
    if (TOPOLOGY.includes(label)) faults.add([...field, 'failoverPriority', i], `is ${show(label)}`, 'remove it, since zones and regions are ordered already');
  });
  failoverFaults(faults, [...field, 'failover'], setting.failover);
}

function failoverFaults(faults: FieldFaults, field: FieldPath, failover: unknown): void {
  eachObject(failover, (entry, i) => {
    const [from, to] = [entry.from, entry.to].map((region) => (typeof region === 'string' ? region : ''));
    if (from === to) faults.add([...field, i], 'has the same region as from and to', 'set two regions');
    const wrong = [from, to].find((region) => /[/*]/.test(region));
    if (wrong !== undefined) faults.add([...field, i], `has ${show(wrong)}`, 'expected the name of a region, without zone and wildcard');
  });
}

function warmupFaults(faults: FieldFaults, field: FieldPath, warmup: JsonObject): void {
  if (warmup.duration === undefined || warmup.duration === null) faults.add(field, 'has no duration', 'set duration');
  else faults.duration([...field, 'duration'], warmup.duration);
  faults.between([...field, 'minimumPercent'], warmup.minimumPercent, 0, 100);
  const aggression = numberOf(warmup.aggression);
  if (aggression !== undefined && aggression <= 0) faults.add([...field, 'aggression'], `is ${aggression}`, 'expected a number above 0');
}
