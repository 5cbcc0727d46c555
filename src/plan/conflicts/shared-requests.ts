import { Overlap } from './conflict-texts';
import { HeaderIndex, Level, LevelPart } from './entry-index';
import { RouteEntry } from './route-entry';
import { groupBy } from '../groups';
import { RequestProtocol } from '../request-match';
import { StringMatchKind } from '../string-match';

/**
 * Finds entries that match the same request.
 *
 * @param host Their host.
 * @param entries The entries.
 * @param takers Entries that match requests of these but are not compared with each other. They require no more headers than one of these.
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
  // A request for an endpoint that requires several headers also satisfies one that requires a subset of them.
  for (const [signature, group] of signatures) {
    for (const part of partsOf(signature, indexes)) {
      const { index, involved } = indexes.get(part)!;
      const role = part === signature ? 'own' : 'more';
      for (const entry of group) involved.push({ entry, part: role, level: index.add(entry, role) });
    }
  }
  for (const [signature, group] of taking) {
    const { index, involved } = indexes.get(signature)!;
    // Most calls carry a header that no REST endpoint matches.
    if (involved.length === 0) continue;
    for (const entry of group) involved.push({ entry, part: 'matching', level: index.add(entry, 'matching') });
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
 * The names of the headers that an entry requires. None of them contains a line break.
 *
 * @internal
 */
export function signatureOf({ headers }: RouteEntry): string {
  const names = Object.keys(headers);
  return names.length > 1 ? names.sort().join('\n') : names[0] ?? '';
}

/** Maximum number of names whose subsets are enumerated (64) instead of searched. */
const FEW_NAMES = 6;

/** The signatures whose names are a subset of those of one. */
function partsOf(signature: string, signatures: ReadonlyMap<string, unknown>): string[] {
  const names = signature === '' ? [] : signature.split('\n');
  if (names.length > FEW_NAMES) {
    return [...signatures.keys()].filter((part) => part === '' || part.split('\n').every((name) => names.includes(name)));
  }
  const parts = names.reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]]);
  return parts.map((part) => part.join('\n')).filter((part) => signatures.has(part));
}

/**
 * The requests that two entries have in common. The result does not depend on which of them found the other.
 *
 * @internal
 */
export function sharing(host: string, entry: RouteEntry, other: RouteEntry): Overlap {
  const [a, b] = entry.owner < other.owner ? [entry, other] : [other, entry];
  const rest = matchedByExpression(a, b);
  const longer = a.path.value.length >= b.path.value.length ? a : b;
  const requests = `${(rest ?? longer).path}${conditionsOf(a, b)}`;
  const remedy = a.remedy ?? b.remedy ?? (rest === undefined ? 'give one of them another path, header or host' : NAME_SERVICE);
  return { first: a, second: b, what: `${requests} on host "${host}"`, remedy };
}

const NAME_SERVICE = 'Istio compares the expression for gRPC methods with the paths of REST requests as well. '
  + 'Begin it with the gRPC service, as in "/my[.]Service/.*", or give one of the endpoints another host';

/** The entry of two whose REST requests match the other one's expression for gRPC methods. */
function matchedByExpression(a: RouteEntry, b: RouteEntry): RouteEntry | undefined {
  const [calls, rest] = a.protocol === RequestProtocol.GRPC ? [a, b] : [b, a];
  const isHidden = calls.protocol === RequestProtocol.GRPC && calls.path.kind === StringMatchKind.REGEX && rest.protocol !== RequestProtocol.GRPC;
  return isHidden ? rest : undefined;
}

/**
 * The conditions of requests that satisfy these entries, for a message.
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
