import { MatchSpec } from './routes';
import { Slot } from './slot';
import { AppSpec, Raw } from './spec';
import { Match, Ms } from './values';

// What a VirtualService that is written as given promises: its rules, in their order, derived from its props.

/** Where a rule sends requests. */
export interface RawDestination {
  /** `<service>.<namespace>`. */
  readonly service: string;
  /** Undefined where Istio finds the port. */
  readonly port?: number;
  readonly subset?: string;
}

/** What makes a rule take a request. */
export interface RawMatch extends Omit<MatchSpec, 'protocol'> {
  readonly uri?: Match;
  readonly method?: Match;
  readonly ignoreUriCase?: boolean;
  /** Whether it looks at something that is not modeled here, such as labels of the caller. */
  readonly more: boolean;
}

/** A rule: what it takes, and who answers. */
export interface RawRule {
  readonly matches: readonly RawMatch[];
  /** Who may answer; no one where it redirects or answers itself. */
  readonly to: readonly RawDestination[];
  readonly mirrored: readonly RawDestination[];
  /** Whether one of them must get the request. */
  readonly certain: boolean;
  /** Whether another VirtualService decides. */
  readonly delegates: boolean;
}

/** A VirtualService that is written as given, at the gateways or inside the mesh. */
export interface RawRoute {
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Positions of gateways; none for callers inside the mesh. */
  readonly gateways: readonly number[];
  readonly takesHost: boolean;
  readonly rules: readonly RawRule[];
  /** Whether the proxies of some namespaces do not know it. */
  readonly hidden: boolean;
  /** Whether it routes bytes as well, which may come before its rules. */
  readonly bytes: boolean;
}

const MODELED = ['name', 'statPrefix', 'uri', 'ignoreUriCase', 'method', 'headers', 'withoutHeaders', 'queryParams'];

function matchOf(match: any): RawMatch {
  const more = Object.keys({ ...match.headers, ...match.withoutHeaders }).some((name) => /^[@:]|^host$/i.test(name));
  return { ...match, more: more || Object.keys(match).some((key) => !MODELED.includes(key)) };
}

function destinationOf({ host, port, subset }: any, namespace: string, slot: Slot): RawDestination {
  const [service, own = namespace] = slot.text(host).split('.');
  return { service: `${service}.${own}`, port, subset };
}

const isLate = (duration: Ms | undefined) => duration !== undefined && duration.$ms < 1000;

function ruleOf(rule: any, namespace: string, slot: Slot): RawRule {
  const arms: any[] = rule.route ?? [];
  const used = arms.length === 1 ? arms : arms.filter(({ weight = 0 }) => weight > 0);
  const to = used.map(({ destination }) => destinationOf(destination, namespace, slot));
  // Without a slash at its start it is not a valid path, and servers answer 400.
  const isPath = rule.rewrite?.uri === undefined || /^(\/|$)/.test(rule.rewrite.uri);
  const isFault = rule.delay !== undefined || (rule.abort?.percent ?? 0) > 0;
  return {
    matches: (rule.match ?? []).length === 0 ? [{ more: false }] : rule.match.map(matchOf),
    to,
    mirrored: (rule.mirrors ?? []).map(({ destination }: any) => destinationOf(destination, namespace, slot)),
    certain: !isFault && isPath && !isLate(rule.timeout) && !isLate(rule.retries?.perTryTimeout)
      && to.length > 0 && to.every(({ port, subset }) => port !== undefined && subset === undefined),
    delegates: rule.delegate !== undefined,
  };
}

function routesOf({ chart, props }: Raw, app: AppSpec, slot: Slot): RawRoute[] {
  const namespace = props.namespace === undefined ? slot.charts[chart] : slot.namespace(props.namespace);
  const gateways = (props.gateways ?? []).map(({ $gateway }: any) => $gateway).filter((position: number) => app.gateways[position] !== undefined);
  const route: RawRoute = {
    namespace,
    hosts: props.hosts.map((host: string) => slot.text(host)),
    gateways,
    takesHost: props.takesHost ?? false,
    rules: (props.http ?? []).map((rule: any) => ruleOf(rule, namespace, slot)),
    hidden: props.exportTo !== undefined && !props.exportTo.includes('*'),
    bytes: props.tls !== undefined || props.tcp !== undefined,
  };
  const inMesh = props.mesh ?? gateways.length === 0;
  return [...(gateways.length > 0 ? [route] : []), ...(inMesh ? [{ ...route, gateways: [] }] : [])];
}

/** The VirtualServices of an app that are written as given. */
export const rawRoutes = (app: AppSpec, slot: Slot): RawRoute[] => app.virtualServices.flatMap((raw) => routesOf(raw, app, slot));
