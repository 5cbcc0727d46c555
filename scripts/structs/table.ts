/** The parts of jsii's file that are read. */
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

/** Types of other packages, as lines of the table. Types that are not listed here are checked where they are written. */
const FOREIGN: { readonly [fqn: string]: string } = {
  'cdk8s.Duration': '@Duration|toMilliseconds|a Duration, such as Duration.seconds(5)',
  'cdk8s.Size': '@Size|toMebibytes|a Size, such as Size.gibibytes(1)',
  // cdk8s accepts any other field here, so only misspelled ones are rejected.
  'cdk8s.ApiObjectMetadata': '~ApiObjectMetadata|name?* namespace?s labels?{s annotations?{s finalizers?[s ownerReferences?[o',
};

/** The expected value in messages, if the first factory of a class is not the usual one, or a struct is usually created by a factory. */
const EXPECTED: { readonly [name: string]: string } = {
  ArgoCdOptions: 'an object, such as { syncWave: -1 }',
  Caller: 'a Caller, such as Caller.claim("groups", ["risk"])',
  CertificateIssuer: 'a CertificateIssuer, such as CertificateIssuer.clusterIssuer(…)',
  CustomTag: 'a CustomTag, such as CustomTag.header("x-team")',
  DeploymentStrategy: 'a k8s.DeploymentStrategy, such as { type: "Recreate" }',
  EgressTlsOrigination: 'an object, which may be empty',
  ExperimentCandidate: 'an object, such as { name: model.modelName, weight: 50 }',
  GatewayServer: 'a GatewayServer, such as GatewayServer.http()',
  GraphNode: 'a GraphNode, such as GraphNode.model(…)',
  GraphParameter: 'a GraphParameter, such as GraphParameter.int("n", 3)',
  GrpcCalls: 'GrpcCalls, such as GrpcCalls.byHeader("seldon-model", "iris")',
  HashKey: 'a HashKey, such as HashKey.header(…)',
  IBackend: 'a backend, such as a Model or ServiceBackend.of(…)',
  IRollout: 'a rollout, such as a Canary or a TrafficSplit',
  IRouter: 'a router, such as new IstioRouter()',
  IServerConfig: 'a ServerConfig, such as ServerConfig.mlserver() or ServerConfig.fromServerConfigName(…)',
  ModelLogger: 'an object, which may be empty',
  ModelStore: 'a ModelStore, such as ModelStore.gcs()',
  PathRewrite: 'PathRewrite.matched(…) or PathRewrite.regex(…)',
  PipelineData: 'data, such as step.output() or pipeline.input("x")',
  PodSecurityOptions: 'an object, such as { enforce: PodSecurityLevel.BASELINE }',
  PolicyTargetRef: 'a PolicyTargetRef, such as PolicyTargetRef.service("seldon-mesh")',
  PrepackagedServer: 'a PrepackagedServer, such as PrepackagedServer.SKLEARN_SERVER',
  RequestMatch: 'a match, such as CallerMatch.header(…)',
  TagOverride: 'a TagOverride, such as TagOverride.remove()',
  Tracing: 'one object, since Istio enforces only the first entry of a list',
};

/** Fields whose constructors give better errors than the type: the form of names and hosts, or the alternatives. */
const CHECKED_BY_CONSTRUCTORS: ReadonlySet<string> = new Set([
  'AbVariant.name',
  'DeploymentAccessPolicyProps.deployment',
  'DestinationRuleProps.host',
  'EndpointProps.endpoint',
  'CustomNodeProps.methods',
  'ExperimentCandidate.name',
  'GatewayAccessPolicyProps.endpoints',
  'GraphEndpoint.type',
  'GraphLogger.mode',
  'JwtRule.forwardOriginalToken',
  'KServeOptions.name',
  'KServeOptions.namespace',
  'MeshOptions.istioVersion',
  'MeshOptions.seldonCore1Version',
  'MeshOptions.seldonVersion',
  'ModelProps.secretName',
  'ModelProps.storageUri',
  'OperatorEnvironment.tlsMode',
  'PredictorExplainer.type',
  'ServerTlsOptions.certificate',
  'ServiceBackendOptions.subset',
  'ServiceBackendProps.name',
  'ServiceBackendProps.namespace',
  'SidecarIngressListener.defaultEndpoint',
  'Subset.name',
]);

/** Required fields whose constructors explain why they are required. */
const MISSED_BY_CONSTRUCTORS: ReadonlySet<string> = new Set(['SidecarIngressListener.port']);

/** Classes of cdk8s-plus that wrap a number or a string; the checks of pods are more precise. */
const WRAPPERS = ['cdk8s-plus-27.k8s.IntOrString', 'cdk8s-plus-27.k8s.Quantity'];

/**
 * Writes the table as source text.
 *
 * @param assembly The jsii assembly of the library.
 * @param compiled The compiled library, which has the values of its enums.
 */
export function structTable(assembly: Assembly, compiled: Compiled): string {
  const lines = new Map<string, string>();
  const types = Object.values(assembly.types);
  const wanted = types.filter(isStruct);
  for (const struct of wanted) addStruct(assembly, compiled, types, lines, struct);
  const sorted = [...lines.values()].sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
  return [
    '// Made of .jsii by scripts/structs.ts: do not edit.',
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
    const field = `${struct.name}.${name}`;
    const mark = optional || MISSED_BY_CONSTRUCTORS.has(field) ? '?' : '!';
    if (CHECKED_BY_CONSTRUCTORS.has(field)) return `${name}${mark}*`;
    addReferenced(assembly, compiled, types, lines, type);
    return `${name}${mark}${notation(assembly, type)}`;
  });
  const bases = (struct.interfaces ?? []).map((fqn) => fqn.split('.').pop()!);
  const head = bases.length === 0 ? struct.name : `${struct.name}<${bases.join(',')}`;
  const expected = EXPECTED[struct.name];
  lines.set(struct.fqn, [head, fields.join(' '), ...expected === undefined ? [] : [expected]].join('|'));
}

function notation(assembly: Assembly, type: TypeReference): string {
  if (type.primitive !== undefined) return PRIMITIVES[type.primitive];
  if (type.collection !== undefined) return `${type.collection.kind === 'array' ? '[' : '{'}${notation(assembly, type.collection.elementtype)}`;
  return WRAPPERS.includes(type.fqn!) ? '*' : type.fqn!.split('.').pop()!;
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
  if (found === undefined && !WRAPPERS.includes(fqn)) lines.set(fqn, podLine(fqn));
  if (found === undefined || isStruct(found)) return;
  lines.set(fqn, found.kind === 'enum' ? enumLine(compiled, found) : classLine(compiled, types, found));
}

/** A struct of cdk8s-plus, whose fields are those of Kubernetes. */
function podLine(fqn: string): string {
  const [library, namespace, name] = fqn.split('.');
  if (namespace !== 'k8s') throw new Error(`${fqn} has no check: add it to FOREIGN`);
  return `&${name}|${EXPECTED[name] ?? `${withArticle(`k8s.${name}`)} of ${library}`}`;
}

/** The values of an enum, which jsii's file does not contain. */
function enumLine(compiled: Compiled, { name }: Type): string {
  const values = Object.values(compiled[name] as { [member: string]: string });
  const unfit = values.find((value) => typeof value !== 'string' || /[|\n`\\$]/.test(value));
  if (unfit !== undefined) throw new Error(`the table has no notation for the value "${unfit}" of ${name}`);
  return `%${name}|${values.join('|')}`;
}

/** The members by which an object is recognized, and the expected value in messages. */
function classLine(compiled: Compiled, types: readonly Type[], type: Type): string {
  return `@${type.name}|${membersOf(compiled, type).join(' ')}|${EXPECTED[type.name] ?? expectedOf(types, type)}`;
}

function expectedOf(types: readonly Type[], type: Type): string {
  const { name, kind, fqn, methods = [] } = type;
  if (kind === 'interface') {
    const implementing = types.filter((each) => each.kind === 'class' && each.interfaces?.includes(fqn));
    const usual = implementing.find((each) => `I${each.name}` === name);
    if (usual !== undefined) return withReference(usual);
    throw new Error(`there is no class ${name.slice(1)} for messages about ${name}: add an expected value to EXPECTED`);
  }
  const factory = methods.find((method) => method.static && method.returns?.type.fqn === fqn);
  return factory === undefined ? withArticle(name) : `${withArticle(name)}, such as ${name}.${factory.name}(…)`;
}

function withReference({ name, methods = [] }: Type): string {
  const reference = methods.find((method) => method.static && method.name === `from${name}Name`);
  return reference === undefined ? withArticle(name) : `${withArticle(name)}, or ${name}.${reference.name}(…) for an existing one`;
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Classes whose members are set only by their constructor. */
const SET_BY_CONSTRUCTOR: { readonly [name: string]: string } = { GraphNode: '_props' };

/** The members that the library itself uses, else all members of the public API. */
function membersOf(compiled: Compiled, type: Type): string[] {
  const prototype = type.kind === 'class' ? (compiled[type.name] as { prototype: object }).prototype : {};
  const internal = SET_BY_CONSTRUCTOR[type.name] ?? Object.getOwnPropertyNames(prototype).find((name) => name.startsWith('_'));
  if (internal !== undefined) return [internal];
  return [...type.methods ?? [], ...type.properties ?? []]
    .filter((member) => !member.static && !member.optional && !member.protected)
    .map(({ name }) => name)
    .filter((name) => !(name in Object.prototype));
}
