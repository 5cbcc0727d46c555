import { IConstruct } from 'constructs';
import { Subset } from './destination-rule-props';
import { rememberMetadata } from './hand-over';
import { TrafficPolicy } from './traffic-policy';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf } from '../../plan/checks/errors';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { overlap, sees, Visibility } from '../common/export-to';

/** A registered DestinationRule, as other constructs for the same host see it. @internal */
export interface RegisteredRule extends IConstruct {
  /** Host of the rule, as specified. */
  readonly host: string;
  /** Subsets so far. */
  readonly subsets: Subset[];
  /** Namespace of the rule; undefined when it is not specified. */
  readonly _namespace: string | undefined;
  /** The namespaces that see it. */
  readonly _visibility: Visibility;
  /** Policy of the host so far. */
  readonly _policy: TrafficPolicy;
  /** Adds a subset for a route to it. */
  _require(at: IConstruct, subset: Subset): void;
  /** Adds a policy of another construct for the host or one of its subsets. */
  _applyPolicy(by: IConstruct, policy: TrafficPolicy, subset?: string): void;
  /** Whether connections to a subset, or to the host, use TLS on some port. */
  _secures(subset: string | undefined): boolean;
  /** Whether it has a subset. */
  _defines(subset: string): boolean;
  /** Leaves its place to another rule, with everything that the app has changed in it. */
  _leaveTo(rule: RegisteredRule): void;
}

/** Why a rule exists, in ascending order: a rule takes the place of those of lower order. @internal */
export enum RuleOrigin {
  /** A route or a policy needs it. */
  BACKEND,
  /** A model store needs it. */
  EGRESS,
  /** The app creates it. */
  APP,
}

/** What a construct adds to the DestinationRules of a host. @internal */
export interface RuleRequest {
  /** The construct. */
  readonly by: IConstruct;
  /** The callers that it is for. */
  readonly visibility: Visibility;
  /** Adds it to a rule. Returns false if it is not for that rule, or not yet. */
  readonly addTo: (rule: RegisteredRule) => boolean;
  /** Called with the rule that has it, and again if another one takes its place. */
  readonly onRule?: (rule: RegisteredRule) => void;
}

/** How to create a rule for a request. @internal */
export interface RuleCreation {
  /** Why it is created. */
  readonly origin: RuleOrigin;
  /** Creates it. */
  readonly create: () => void;
}

/** A rule, and why it exists. */
interface Registered {
  readonly rule: RegisteredRule;
  readonly visibility: Visibility;
  readonly origin: RuleOrigin;
}

/** A request, and the rules that have it. @internal */
export interface PlacedRequest {
  /** The request. */
  readonly request: RuleRequest;
  /** The rules that have it so far. */
  readonly rules: Set<RegisteredRule>;
}

/** The rules and requests of one host. */
interface HostRules {
  rules: Registered[];
  readonly requests: PlacedRequest[];
  /** The requests that are not for a rule, or not yet. */
  readonly waiting: Map<RegisteredRule, PlacedRequest[]>;
}

/**
 * The DestinationRules of a mesh by host. A caller gets one rule for a host, so a second one that it sees would be ignored or would
 * hide the first.
 *
 * Routes, policies and model stores request what they need, and every rule of the host gets it, whether it is created before or after
 * the request.
 *
 * @internal
 */
export class DestinationRuleRegistry {
  public static of(construct: IConstruct): DestinationRuleRegistry {
    return Mesh.of(construct)._part('destination-rules', () => new DestinationRuleRegistry());
  }

  private readonly hosts = new Map<string, HostRules>();
  private readonly owners = new Map<string, string>();
  /** Origin of the rules that are created at the moment. */
  private origin = RuleOrigin.APP;

  /** Records who writes the rule of a host in the cluster, so that none of this app can be next to it. */
  public setOwner(host: string, owner: string): void {
    this.owners.set(host, owner);
  }

  /** Who writes the rule of a host in the cluster. */
  public ownerOf(host: string): string | undefined {
    return this.owners.get(host);
  }

  /** The rule for a host that is the nearest of those that are visible to some of the callers who see another object. */
  public find(host: string, visibility: Visibility): RegisteredRule | undefined {
    return nearest(this.overlapping(host, visibility).map(({ rule }) => rule), visibility);
  }

  /**
   * The rules that callers of a host may get, including those for a wildcard: in each namespace the most specific ones. Istio looks in
   * the namespace of the caller, then in that of the host, and finally in the root namespace.
   */
  public findEffective(host: string, visibility: Visibility): RegisteredRule[] {
    const found = new Map<string | undefined, RegisteredRule[]>();
    for (const pattern of [host, ...patternsOver(host)]) {
      const groups = groupBy(this.overlapping(pattern, visibility), ({ visibility: { namespace } }) => namespace);
      for (const [namespace, rules] of groups) computeIfAbsent(found, namespace, () => rules.map(({ rule }) => rule));
    }
    const { namespace: own, by } = visibility;
    const { rootNamespace } = Mesh.of(by);
    return [...found].filter(([namespace]) => namespace === own || namespace === undefined || own === undefined
      || (namespace === rootNamespace ? !found.has(own) : sees(visibility, namespace))).flatMap(([, rules]) => rules);
  }

  /**
   * Adds a rule. It takes the place of rules that were created for requests, and gets the requests of the host.
   *
   * @throws an error if the app has another rule for the host.
   */
  public add(rule: RegisteredRule, host: string, visibility: Visibility): void {
    const { origin } = this;
    const others = this.overlapping(host, visibility);
    const own = others.find((other) => other.origin >= origin);
    if (own !== undefined) {
      throw invalid(rule, `a second DestinationRule for host "${host}", which has ${pathOf(own.rule)}`,
        'put everything about the host into one rule, or export the rules to different namespaces');
    }
    const of = this.of(host);
    of.rules = [...of.rules.filter((each) => !others.includes(each)), { rule, visibility, origin }];
    if (origin !== RuleOrigin.APP) rememberMetadata(rule);
    for (const { rule: other } of others) {
      for (const { rules } of of.requests) rules.delete(other);
      of.waiting.delete(other);
      other.node.scope!.node.tryRemoveChild(other.node.id);
      other._leaveTo(rule);
    }
    for (const placed of of.requests) if (overlap(placed.request.visibility, visibility)) place(placed, rule, of);
  }

  /**
   * Adds something to all rules of a host, those of later statements included.
   *
   * @param host The host in full.
   * @param request What is added.
   * @param creation How to create a rule if there is none. Otherwise the request waits for a rule.
   */
  public request(host: string, request: RuleRequest, creation?: RuleCreation): PlacedRequest {
    const placed: PlacedRequest = { request, rules: new Set() };
    const of = this.of(host);
    of.requests.push(placed);
    const others = this.overlapping(host, request.visibility);
    if (creation !== undefined && !others.some(({ origin }) => origin >= creation.origin)) this.create(creation);
    else for (const { rule } of others) place(placed, rule, of);
    return placed;
  }

  /** Adds the requests that have waited for a subset of a rule. */
  public retry(rule: RegisteredRule, host: string): void {
    const of = this.of(host);
    const waiting = of.waiting.get(rule);
    if (waiting === undefined) return;
    of.waiting.delete(rule);
    for (const placed of waiting) place(placed, rule, of);
  }

  /** The constructs whose requests a rule has. */
  public requestersOf(rule: RegisteredRule, host: string): IConstruct[] {
    return this.of(host).requests.filter(({ rules }) => rules.has(rule)).map(({ request }) => request.by);
  }

  private create({ origin, create }: RuleCreation): void {
    this.origin = origin;
    try {
      create();
    } finally {
      this.origin = RuleOrigin.APP;
    }
  }

  private of(host: string): HostRules {
    return computeIfAbsent(this.hosts, host, () => ({ rules: [], requests: [], waiting: new Map() }));
  }

  private overlapping(host: string, visibility: Visibility): Registered[] {
    return this.hosts.get(host)?.rules.filter((other) => overlap(other.visibility, visibility)) ?? [];
  }
}

function place(placed: PlacedRequest, rule: RegisteredRule, { waiting }: HostRules): void {
  const { request, rules } = placed;
  if (!request.addTo(rule)) {
    computeIfAbsent(waiting, rule, () => []).push(placed);
    return;
  }
  rules.add(rule);
  request.onRule?.(nearest([...rules], request.visibility)!);
}

/** The rule in the namespace of an object, else one without a namespace, that of the root namespace, or the first by path. */
function nearest(rules: readonly RegisteredRule[], { namespace: own, by }: Visibility): RegisteredRule | undefined {
  if (rules.length < 2) return rules[0];
  const order = [own, undefined, Mesh.of(by).rootNamespace];
  const distance = ({ _namespace }: RegisteredRule) => (order.includes(_namespace) ? order.indexOf(_namespace) : order.length);
  return [...rules].sort((a, b) => distance(a) - distance(b) || (a.node.path < b.node.path ? -1 : 1))[0];
}

/** The wildcards that cover a host, the most specific first. In Istio they may start within a label. */
function patternsOver(host: string): string[] {
  const end = host.startsWith('*') ? host.slice(1) : host;
  return Array.from({ length: end.length + 1 }, (_, i) => `*${end.slice(i)}`).filter((pattern) => pattern !== host);
}
