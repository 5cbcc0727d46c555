import { JsonObject, objectOf, stringOf } from '../../cluster/json';

/** Path of a gRPC service: a package, and a name that begins with a capital letter. */
const SERVICE = /^\/(?:[A-Za-z_]\w*\.)+[A-Z]\w*(?:\/|$)/;

/** Paths of Seldon's services, also without the name of the service. */
const SELDON = /^\/(?:seldon\.protos|inference\.GRPC)/;

const CONTENT_TYPE = 'application/grpc';

/**
 * The condition by which a match is for gRPC calls, as messages name it: `prefix "/inference.GRPCInferenceService/"`.
 *
 * @internal
 */
export function grpcMatchOf({ uri, headers }: JsonObject): string | undefined {
  const [kind, text] = textOf(uri);
  const path = kind === 'regex' ? literalBeginning(text) : text;
  if (SERVICE.test(path) || SELDON.test(path)) return `${kind} "${text}"`;
  const type = Object.entries(objectOf(headers)).find(([name]) => name.toLowerCase() === 'content-type');
  const [typeKind, value] = textOf(type?.[1]);
  return value.replace(/\\/g, '').startsWith(CONTENT_TYPE) ? `content-type ${typeKind} "${value}"` : undefined;
}

function textOf(match: unknown): readonly [kind: string, text: string] {
  const { exact, prefix, regex } = objectOf(match);
  for (const [kind, value] of [['exact', exact], ['prefix', prefix], ['regex', regex]] as const) {
    const text = stringOf(value);
    if (text !== undefined) return [kind, text];
  }
  return ['', ''];
}

/** The beginning of an expression that has no operators, with its escaped dots. */
function literalBeginning(expression: string): string {
  return /^\^?((?:[\w/-]|\\[./-])*)/.exec(expression)![1].replace(/\\/g, '');
}
