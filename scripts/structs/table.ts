/** What is read of the file that jsii writes. */
export interface Assembly {
  readonly types: { readonly [fqn: string]: Type };
}

interface Type {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly name: string;
  readonly fqn: string;
  readonly base?: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly members?: readonly { readonly name: string }[];
  readonly methods?: readonly Member[];
  readonly properties?: readonly (Member & { readonly type: TypeReference })[];
  readonly initializer?: object;
}

interface Member {
  readonly name: string;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly protected?: boolean;
  readonly returns?: { readonly type: TypeReference };
}

interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

type Compiled = { readonly [name: string]: unknown };

const PRIMITIVES: { readonly [name: string]: string } = { string: 's', number: 'n', boolean: 'b', any: '*', json: '*', date: '*' };

/** Types of other packages, as lines of the table; what is not here is checked where it is written. */
const FOREIGN: { readonly [fqn: string]: string } = {
  'cdk8s.Duration': '@Duration|toMilliseconds|a Duration, such as Duration.seconds(5)',
  'cdk8s.Size': '@Size|toMebibytes|a Size, such as Size.gibibytes(1)',
  // cdk8s accepts any other field here, so only misspelt ones are refused.
  'cdk8s.ApiObjectMetadata': '~ApiObjectMetadata|name?s namespace?s labels?{s annotations?{s finalizers?[s ownerReferences?[o',
};

/** What messages expect, where the first factory of a class is not its usual one, or a struct is usually made by one. */
const EXPECTED: { readonly [name: string]: string } = {
  Caller: 'a Caller, such as Caller.serviceAccount(…)',
  GatewayServer: 'a GatewayServer, such as GatewayServer.http()',
  GraphNode: 'a GraphNode, such as GraphNode.model(…)',
  GraphParameter: 'a GraphParameter, such as GraphParameter.string(…)',
  IBackend: 'a backend, such as a Model or ServiceBackend.of(…)',
  IGateway: 'a Gateway, or Gateway.fromGatewayName(…) for an existing one',
  IRollout: 'a rollout, such as a Canary or a TrafficSplit',
  IRouter: 'a router, such as new IstioRouter()',
  ModelStore: 'a ModelStore, such as ModelStore.gcs()',
  PathRewrite: 'PathRewrite.matched(…) or PathRewrite.regex(…)',
  PipelineData: 'the data of a Pipeline, such as pipeline.input() or what addStep() returns',
  RequestMatch: 'a match, such as CallerMatch.header(…)',
};

/** Classes of cdk8s-plus that wrap a number or a text, which the checks of pods know better. */
const WRAPPERS = ['cdk8s-plus-27.k8s.IntOrString', 'cdk8s-plus-27.k8s.Quantity'];

/**
 * Writes the table as source text.
 *
 * @param assembly What jsii says of the library.
 * @param compiled The library itself, which knows the values of its enums.
 */
export function structTable(assembly: Assembly, compiled: Compiled): string {
  const lines = new Map<string, string>();
  const types = Object.values(assembly.types);
  const wanted = types.filter(isStruct);
  for (const struct of wanted) addStruct(assembly, compiled, types, lines, struct);
  const sorted = [...lines.values()].sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
  return [
    '// Made of .jsii by scripts/structs.ts: do not edit.',
    '/* eslint-disable max-len */',
    '',
    '/**',
    ' * All public structs with the types of their fields, and what these refer to, one a line.',
    ' *',
    ' * @internal',
    ' */',
    'export const STRUCTS = `',
    ...sorted,
    '`;',
    '',
  ].join('\n');
}

function nameIn(line: string): string {
  return line.replace(/^\W/, '').split(/[|<]/)[0];
}

function isStruct(type: Type): boolean {
  return type.kind === 'interface' && type.datatype === true;
}

function addStruct(assembly: Assembly, compiled: Compiled, types: readonly Type[], lines: Map<string, string>, struct: Type): void {
  const fields = (struct.properties ?? []).map(({ name, optional, type }) => {
    addReferenced(assembly, compiled, types, lines, type);
    return `${name}${optional ? '?' : '!'}${notation(assembly, type)}`;
  });
  const bases = (struct.interfaces ?? []).map((fqn) => fqn.split('.').pop()!);
  const head = bases.length === 0 ? struct.name : `${struct.name}<${bases.join(',')}`;
  const expected = EXPECTED[struct.name];
  lines.set(struct.fqn, [head, fields.join(' '), ...expected === undefined ? [] : [expected]].join('|'));
}

function notation(assembly: Assembly, type: TypeReference): string {
  if (type.primitive !== undefined) return PRIMITIVES[type.primitive];
  if (type.collection !== undefined) return `${type.collection.kind === 'array' ? '[' : '{'}${notation(assembly, type.collection.elementtype)}`;
  if (type.fqn! in assembly.types || type.fqn! in FOREIGN) return type.fqn!.split('.').pop()!;
  return WRAPPERS.includes(type.fqn!) ? '*' : 'o';
}

function addReferenced(assembly: Assembly, compiled: Compiled, types: readonly Type[], lines: Map<string, string>, type: TypeReference): void {
  if (type.collection !== undefined) return addReferenced(assembly, compiled, types, lines, type.collection.elementtype);
  const { fqn } = type;
  if (fqn === undefined || lines.has(fqn)) return;
  if (fqn in FOREIGN) {
    lines.set(fqn, FOREIGN[fqn]);
    return;
  }
  const found = assembly.types[fqn];
  if (found === undefined || isStruct(found)) return;
  lines.set(fqn, found.kind === 'enum' ? enumLine(compiled, found) : classLine(compiled, types, found));
}

/** The values, which jsii does not write down. */
function enumLine(compiled: Compiled, { name }: Type): string {
  const values = Object.values(compiled[name] as { [member: string]: string });
  const unfit = values.find((value) => typeof value !== 'string' || /[|\n`\\$]/.test(value));
  if (unfit !== undefined) throw new Error(`the table has no notation for the value "${unfit}" of ${name}`);
  return `%${name}|${values.join('|')}`;
}

/** The members by which one is known, and what messages expect. */
function classLine(compiled: Compiled, types: readonly Type[], type: Type): string {
  return `@${type.name}|${membersOf(compiled, type).join(' ')}|${EXPECTED[type.name] ?? expectedOf(types, type)}`;
}

function expectedOf(types: readonly Type[], type: Type): string {
  const { name, kind, fqn, methods = [] } = type;
  if (kind === 'interface') {
    const implementing = types.filter((each) => each.kind === 'class' && each.interfaces?.includes(fqn));
    const usual = implementing.find((each) => `I${each.name}` === name);
    if (usual !== undefined) return withArticle(usual.name);
    throw new Error(`say in EXPECTED what messages expect of ${name}: no class is called ${name.slice(1)}`);
  }
  const factory = methods.find((method) => method.static && method.returns?.type.fqn === fqn);
  return factory === undefined ? withArticle(name) : `${withArticle(name)}, such as ${name}.${factory.name}(…)`;
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** What other code of the library asks of it is the surest sign; else all that the public API promises. */
function membersOf(compiled: Compiled, type: Type): string[] {
  const prototype = type.kind === 'class' ? (compiled[type.name] as { prototype: object }).prototype : {};
  const internal = Object.getOwnPropertyNames(prototype).find((name) => name.startsWith('_'));
  if (internal !== undefined) return [internal];
  return [...type.methods ?? [], ...type.properties ?? []]
    .filter((member) => !member.static && !member.optional && !member.protected)
    .map(({ name }) => name)
    .filter((name) => !(name in Object.prototype));
}
