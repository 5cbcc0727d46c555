import { RawRoutes } from './raw-routes';
import { Manifest } from '../harness/manifests';

/** A set of VirtualServices before and after a change, and what it is after the change behind another port. */
export interface ChangedRoutes {
  readonly port: number;
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
  readonly otherPort: number;
  /** The manifests after the change, with other names and the other port, and with the same backends. */
  readonly moved: readonly Manifest[];
}

type Json = any;

/** A small random number generator. */
function chooser(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % limit;
  };
}

/** A set with one or two changes to its rules. */
export function changedRoutes({ port, manifests }: RawRoutes, otherPort: number): ChangedRoutes {
  const choose = chooser(port);
  let after: readonly Manifest[] = structuredClone(manifests) as Manifest[];
  for (let i = choose(2); i >= 0; i -= 1) after = changed(after, choose);
  return { port, before: manifests, after, otherPort, moved: after.map((manifest) => moved(manifest, port, otherPort)) };
}

function changed(manifests: readonly Manifest[], choose: (limit: number) => number): readonly Manifest[] {
  const services = manifests.filter(({ kind, spec }: Json) => kind === 'VirtualService' && spec.hosts !== undefined);
  const { spec }: Json = services[choose(services.length)];
  const rule = spec.http[choose(spec.http.length)];
  const match = rule.match?.[choose(rule.match.length)];
  switch (choose(6)) {
    case 0: spec.http.reverse(); break;
    case 1: if (match?.uri !== undefined) match.uri = otherKind(match.uri); break;
    case 2: if (match !== undefined) delete match.headers; break;
    case 3: if (rule.route !== undefined) rule.route[0].destination.port.number = 8001 + choose(3); break;
    case 4: if (spec.http.length > 1) spec.http.shift(); break;
    default: if (match !== undefined) match.method = { exact: 'POST' };
  }
  // A match without any condition is refused.
  for (const each of spec.http) if (each.match?.some((one: Json) => Object.keys(one).length === 0)) delete each.match;
  return manifests;
}

function otherKind({ prefix, exact, ...rest }: Json): Json {
  if (prefix !== undefined) return { exact: prefix };
  return exact === undefined ? rest : { prefix: exact };
}

function moved(manifest: Manifest, port: number, otherPort: number): Manifest {
  const copy: Json = structuredClone(manifest);
  const rename = (name: string) => name.replace(`-${port}`, `-${otherPort}`);
  copy.metadata.name = rename(copy.metadata.name);
  if (copy.kind === 'Gateway') {
    for (const server of copy.spec.servers) server.port = { ...server.port, number: otherPort, name: `http-${otherPort}` };
    return copy;
  }
  if (copy.spec.gateways !== undefined) copy.spec.gateways = copy.spec.gateways.map(rename);
  for (const rule of copy.spec.http) {
    if (rule.delegate !== undefined) rule.delegate.name = rename(rule.delegate.name);
    for (const match of rule.match ?? []) if (match.port === port) match.port = otherPort;
  }
  return copy;
}
