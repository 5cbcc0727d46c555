import { widerHosts } from './hosts';
import { beginningOf, matchesOverlap } from './overlap';
import { Protocol } from './request-match';
import { StringMatch, StringMatchKind } from './string-match';

/**
 * Requests that an endpoint takes on one host of one listener.
 *
 * @internal
 */
export interface Claim {
  /** What messages call the endpoint. */
  readonly owner: string;
  /** What messages advise where it takes requests of another one; another path, header or host when undefined. */
  readonly remedy?: string;
  /** Whatever is the same object for claims of one plan, which may have endpoints on wider and narrower hosts. */
  readonly plan: object;
  /** Whatever is the same object for claims of one endpoint, which may overlap. */
  readonly endpoint: object;
  /** The listener: a port of a gateway, or the mesh. */
  readonly listener: string;
  /** The host pattern under which Envoy looks for them. */
  readonly host: string;
  /** Whether the plan accepts that it takes the host from wider ones. */
  readonly takesHost: boolean;
  /** The one protocol of the requests; either when undefined. */
  readonly protocol?: Protocol;
  /** Paths of the requests. */
  readonly path: StringMatch;
  /** Headers that the requests carry. */
  readonly headers: { readonly [name: string]: StringMatch };
}

/**
 * The listener of callers inside the mesh.
 *
 * @internal
 */
export const MESH = 'mesh';

/**
 * Finds endpoints that take requests from each other, in one pass over the claims: every claim is looked up by host,
 * headers and path, and never compared with all the others.
 *
 * Two claims conflict when one request can satisfy both and a client could have meant it for either. Requests that are
 * told apart by different headers never conflict: a client sends those of the endpoint that it wants.
 *
 * @internal
 */
export function findCaptures(claims: readonly Claim[]): string[] {
  const problems = new Set<string>();
  const listeners = groupBy(claims, (claim) => claim.listener);
  for (const onListener of listeners.values()) {
    const hosts = groupBy(onListener, (claim) => claim.host);
    const plans = new Map([...hosts].map(([host, onHost]) => [host, firstOfPlans(onHost)]));
    for (const [host, onHost] of hosts) {
      for (const problem of hostTakeovers(host, onHost, plans)) problems.add(problem);
      const pages = onHost.filter(isCatchAll);
      const others = pages.length === 0 ? onHost : onHost.filter((claim) => !isCatchAll(claim));
      const rest = others.filter(({ protocol }) => protocol !== Protocol.GRPC);
      const services = servicesOf(others);
      const calls = others.filter(({ protocol, path }) => mayBeCall(path)
        && (protocol === Protocol.GRPC || services.some((service) => matchesOverlap(path, service))));
      for (const group of [pages, rest, calls]) {
        for (const problem of sharedRequests(host, group)) problems.add(problem);
      }
    }
  }
  return [...problems];
}

/**
 * Envoy looks only under the narrowest host that fits, so a narrower one hides every endpoint of a wider one, apart from
 * those of plans that are on both.
 */
function hostTakeovers(host: string, onHost: readonly Claim[], plans: Map<string, Map<object, Claim>>): string[] {
  const takers = onHost.filter((claim) => !claim.takesHost);
  if (takers.length === 0) return [];
  const problems: string[] = [];
  const here = plans.get(host)!;
  for (const wider of widerHosts(host)) {
    const hidden = firstOutside(plans.get(wider), here);
    if (hidden === undefined) continue;
    for (const claim of takers) {
      problems.push(`${claim.owner} takes host "${host}" away from ${hidden.owner}, which is on "${wider}" `
        + `${claim.listener === MESH ? 'inside the mesh too' : 'behind the same gateway'} and would answer 404 there: `
        + 'give both the same host, or accept it with takesHost');
    }
  }
  return problems;
}

function firstOfPlans(claims: readonly Claim[]): Map<object, Claim> {
  const plans = new Map<object, Claim>();
  for (const claim of claims) computeIfAbsent(plans, claim.plan, () => claim);
  return plans;
}

/** Looks at no more plans than are here, and one. */
function firstOutside(there: Map<object, Claim> | undefined, here: Map<object, Claim>): Claim | undefined {
  for (const [plan, claim] of there ?? []) {
    if (!here.has(plan)) return claim;
  }
  return undefined;
}

/** Whether a claim is for all that is left: Istio tries such a rule after those of all other routes of the host. */
function isCatchAll({ protocol, path, headers }: Claim): boolean {
  return protocol !== Protocol.GRPC && path.kind === StringMatchKind.PREFIX && path.value === '/' && Object.keys(headers).length === 0;
}

/** Expressions that look for a text anywhere, as Seldon Core 1's do. */
const CONTAINS = /^\.\*([\w.]+)\.\*$/;

/**
 * How the paths of the calls begin that claims are for. A call's path begins with its service, so an expression that looks for one
 * anywhere is not meant for a page at `/web/` that could have it further on.
 */
function servicesOf(claims: readonly Claim[]): StringMatch[] {
  const beginnings = new Set<string>();
  for (const { protocol, path } of claims) {
    if (protocol !== Protocol.GRPC) continue;
    if (path.kind !== StringMatchKind.REGEX) {
      beginnings.add(path.value);
      continue;
    }
    const texts = path.value.split('|').map((part) => CONTAINS.exec(part)?.[1]);
    for (const text of texts.every((each) => each !== undefined) ? texts : ['']) beginnings.add(`/${text}`);
  }
  return [...beginnings].map((beginning) => StringMatch.prefix(beginning));
}

/** Whether a path can be that of a gRPC call, which has two parts: the service and the method. */
function mayBeCall({ kind, value }: StringMatch): boolean {
  const slashes = value.split('/').length - 1;
  switch (kind) {
    case StringMatchKind.EXACT: return slashes === 2;
    case StringMatchKind.PREFIX: return slashes <= 2;
    case StringMatchKind.REGEX: return true;
  }
}

function sharedRequests(host: string, claims: readonly Claim[]): string[] {
  const problems: string[] = [];
  const signatures = groupBy(claims, signatureOf);
  const indexes = new Map([...signatures].map(([signature, group]) => [signature, {
    index: new HeaderIndex(Object.keys(group[0].headers)),
    involved: [] as { claim: Claim; own: boolean; level: Level }[],
  }]));
  // A request for an endpoint that asks for more headers also satisfies one that asks for a part of them.
  for (const [signature, group] of signatures) {
    for (const part of partsOf(signature, signatures)) {
      const { index, involved } = indexes.get(part)!;
      const own = part === signature;
      for (const claim of group) involved.push({ claim, own, level: index.add(claim, own) });
    }
  }
  for (const { index, involved } of indexes.values()) {
    for (const { claim, own, level } of involved) {
      const other = index.conflict(claim, own, level);
      if (other !== undefined) problems.push(sharing(host, claim, other));
    }
  }
  return problems;
}

/** The names of the headers that a claim asks for; none of them holds a line break. */
function signatureOf({ headers }: Claim): string {
  return Object.keys(headers).sort().join('\n');
}

/** The most names whose parts are put together rather than looked for: 64 parts. */
const FEW_NAMES = 6;

/** The signatures that ask for some, all or none of the names of one. */
function partsOf(signature: string, signatures: ReadonlyMap<string, unknown>): string[] {
  const names = signature === '' ? [] : signature.split('\n');
  if (names.length > FEW_NAMES) {
    return [...signatures.keys()].filter((part) => part === '' || part.split('\n').every((name) => names.includes(name)));
  }
  const parts = names.reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]]);
  return parts.map((part) => part.join('\n')).filter((part) => signatures.has(part));
}

/** Both claims find each other; the text is the same, so that a pair is told once. */
function sharing(host: string, claim: Claim, other: Claim): string {
  const [a, b] = claim.owner < other.owner ? [claim, other] : [other, claim];
  const longer = a.path.value.length >= b.path.value.length ? a : b;
  const headers = Object.entries({ ...a.headers, ...b.headers }).map(([name, match]) => `${name}: ${match.value}`);
  const requests = `${longer.path}${headers.length > 0 ? ` with ${headers.join(', ')}` : ''}`;
  const remedy = a.remedy ?? b.remedy ?? 'give one of them another path, header or host';
  return `${a.owner} and ${b.owner} both take requests for ${requests} on host "${host}": ${remedy}`;
}

/** Claims by what they ask of some headers. Few ask for anything but plain values, so those are tried on all the others. */
class HeaderIndex {
  private readonly levels = new Map<string, Level>();
  private readonly loose = new Set<Level>();

  constructor(private readonly names: readonly string[]) {}

  public add(claim: Claim, own: boolean): Level {
    const key = this.key(claim);
    let level = this.levels.get(key);
    if (level === undefined) {
      this.levels.set(key, level = new Level(claim));
      if (this.isLoose(claim)) this.loose.add(level);
    }
    (own ? level.own : level.more).push(claim);
    return level;
  }

  /** A claim that takes requests from this one of a level. One of the two asks for exactly the headers of this index. */
  public conflict(claim: Claim, own: boolean, level: Level): Claim | undefined {
    const found = level.find(claim, own);
    if (found !== undefined) return found;
    for (const other of this.isLoose(claim) ? this.levels.values() : this.loose) {
      if (other === level || !this.valuesOverlap(other.sample, claim)) continue;
      const taker = other.find(claim, own);
      if (taker !== undefined) return taker;
    }
    return undefined;
  }

  /** Each value stands behind its length, so that no two lists of values read alike. */
  private key(claim: Claim): string {
    let key = '';
    for (const name of this.names) {
      const { kind, value } = claim.headers[name];
      key += `${kind} ${value.length} ${value} `;
    }
    return key;
  }

  private isLoose(claim: Claim): boolean {
    return this.names.some((name) => claim.headers[name].kind !== StringMatchKind.EXACT);
  }

  private valuesOverlap(a: Claim, b: Claim): boolean {
    return this.names.every((name) => matchesOverlap(a.headers[name], b.headers[name]));
  }
}

/** Claims that ask the same of the headers of an index: those that ask for nothing more, and those that do. */
class Level {
  public readonly own: Claim[] = [];
  public readonly more: Claim[] = [];
  private ownPaths?: PathIndex;
  private morePaths?: PathIndex;

  constructor(public readonly sample: Claim) {}

  public find(claim: Claim, own: boolean): Claim | undefined {
    // Most levels hold one claim, which needs no index to find that it is alone.
    if (this.own.length + this.more.length === 1 && this.sample.endpoint === claim.endpoint) return undefined;
    this.ownPaths ??= new PathIndex(this.own);
    const found = this.ownPaths.find(claim);
    if (found !== undefined || !own) return found;
    this.morePaths ??= new PathIndex(this.more);
    return this.morePaths.find(claim);
  }
}

/** Claims by path, and by what all their paths begin with. Of two paths that overlap the longer beginning finds the shorter. */
class PathIndex {
  private readonly exact = new Map<string, Samples>();
  private readonly beginnings = new Map<string, Map<string, Samples>>();
  private readonly lengths = new Set<number>();

  constructor(claims: readonly Claim[]) {
    for (const claim of claims) this.add(claim);
  }

  public find(claim: Claim): Claim | undefined {
    if (claim.path.kind === StringMatchKind.EXACT) {
      const other = this.exact.get(claim.path.value)?.otherThan(claim);
      if (other !== undefined) return other;
    }
    const beginning = beginningOf(claim.path);
    for (const length of this.lengths) {
      if (length > beginning.length) continue;
      for (const samples of this.beginnings.get(beginning.slice(0, length))?.values() ?? []) {
        const other = samples.otherThan(claim);
        if (other !== undefined && matchesOverlap(other.path, claim.path)) return other;
      }
    }
    return undefined;
  }

  private add(claim: Claim): void {
    const { kind, value } = claim.path;
    if (kind === StringMatchKind.EXACT) {
      computeIfAbsent(this.exact, value, () => new Samples()).add(claim);
      return;
    }
    const beginning = beginningOf(claim.path);
    this.lengths.add(beginning.length);
    const paths = computeIfAbsent(this.beginnings, beginning, () => new Map<string, Samples>());
    computeIfAbsent(paths, `${kind} ${value}`, () => new Samples()).add(claim);
  }
}

/** Claims of two different endpoints are enough to find one that is not the asker's. */
class Samples {
  private first?: Claim;
  private second?: Claim;

  public add(claim: Claim): void {
    if (this.first === undefined) this.first = claim;
    else if (this.second === undefined && this.first.endpoint !== claim.endpoint) this.second = claim;
  }

  public otherThan(claim: Claim): Claim | undefined {
    return this.first?.endpoint !== claim.endpoint ? this.first : this.second;
  }
}

function computeIfAbsent<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    computeIfAbsent(groups, key(item), () => []).push(item);
  }
  return groups;
}
