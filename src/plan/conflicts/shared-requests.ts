import { Overlap } from './conflict-texts';
import { HeaderIndex, Level, LevelPart } from './entry-index';
import { RouteEntry } from './route-entry';
import { groupBy } from '../groups';
import { RequestProtocol } from '../request-match';
import { StringMatchKind } from '../string-match';

/**
 * Finds claims that one request satisfies.
 *
 * @param host Their host.
 * @param entries The claims.
 * @param takers Claims that take requests from these, and lose none to them: those that ask for no more headers than one of these.
 * @internal
 */
export function sharedRequests(host: string, entries: readonly RouteEntry[], takers: readonly RouteEntry[] = []): Overlap[] {
  const found: Overlap[] = [];
  const signatures = groupBy(entries, signatureOf);
  const taking = groupBy(takers, signatureOf);
  const indexes = new Map([...taking, ...signatures].map(([signature, group]) => [signature, {
    index: new HeaderIndex(Object.keys(group[0].headers)),
    involved: [] as { entry: RouteEntry; part: LevelPart; level: Level }[],
  }]));
  // A request for an endpoint that asks for more headers also satisfies one that asks for a part of them.
  for (const [signature, group] of signatures) {
    for (const part of partsOf(signature, indexes)) {
      const { index, involved } = indexes.get(part)!;
      const role = part === signature ? 'own' : 'more';
      for (const entry of group) involved.push({ entry, part: role, level: index.add(entry, role) });
    }
  }
  for (const [signature, group] of taking) {
    const { index, involved } = indexes.get(signature)!;
    // Most calls carry a header, by which no REST request asks for its endpoint.
    if (involved.length === 0) continue;
    for (const entry of group) involved.push({ entry, part: 'takers', level: index.add(entry, 'takers') });
  }
  for (const { index, involved } of indexes.values()) {
    for (const { entry, part, level } of involved) {
      const other = index.conflict(entry, part, level);
      if (other !== undefined) found.push(sharing(host, entry, other));
    }
  }
  return found;
}

/**
 * The names of the headers that a claim asks for; none of them holds a line break.
 *
 * @internal
 */
export function signatureOf({ headers }: RouteEntry): string {
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

/**
 * The requests that two claims have in common. Both find each other, and say the same.
 *
 * @internal
 */
export function sharing(host: string, entry: RouteEntry, other: RouteEntry): Overlap {
  const [a, b] = entry.owner < other.owner ? [entry, other] : [other, entry];
  const rest = takenByExpression(a, b);
  const longer = a.path.value.length >= b.path.value.length ? a : b;
  const requests = `${(rest ?? longer).path}${conditionsOf(a, b)}`;
  const remedy = a.remedy ?? b.remedy ?? (rest === undefined ? 'give one of them another path, header or host' : NAME_SERVICE);
  return { first: a, second: b, what: `${requests} on host "${host}"`, remedy };
}

const NAME_SERVICE = 'Istio compares the expression for gRPC methods with the paths of REST requests as well: '
  + 'begin it with the gRPC service, as in "/my[.]Service/.*", or give one of them another host';

/** The claim of two that an expression for gRPC methods takes REST requests from. */
function takenByExpression(a: RouteEntry, b: RouteEntry): RouteEntry | undefined {
  const [calls, rest] = a.protocol === RequestProtocol.GRPC ? [a, b] : [b, a];
  const isTaken = calls.protocol === RequestProtocol.GRPC && calls.path.kind === StringMatchKind.REGEX && rest.protocol !== RequestProtocol.GRPC;
  return isTaken ? rest : undefined;
}

/**
 * What requests carry that satisfy these claims, for a message.
 *
 * @internal
 */
export function conditionsOf(...entries: readonly RouteEntry[]): string {
  const list = (word: string, conditions: RouteEntry['headers']): string => {
    const texts = Object.entries(conditions).map(([name, { value }]) => `${name}: ${value}`);
    return texts.length === 0 ? '' : ` ${word} ${texts.join(', ')}`;
  };
  return list('with', Object.assign({}, ...entries.map(({ headers }) => headers)))
    + list('without', Object.assign({}, ...entries.map(({ withoutHeaders }) => withoutHeaders)));
}
