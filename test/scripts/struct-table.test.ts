import { Assembly, structTable } from '../../scripts/structs/table';

const property = (name: string, type: object, optional = false) => ({ name, type, optional });
const struct = (name: string, properties: object[], interfaces: string[] = []) => ({ kind: 'interface', datatype: true, name, fqn: `lib.${name}`, properties, interfaces });
const assembly = (...types: { fqn: string }[]) => ({ types: Object.fromEntries(types.map((type) => [type.fqn, type])) }) as unknown as Assembly;
const linesOf = (types: { fqn: string }[], compiled = {}) => structTable(assembly(...types), compiled).split('`')[1].trim().split('\n');

test('primitives, lists and maps', () => {
  expect(linesOf([struct('Props', [
    property('name', { primitive: 'string' }),
    property('ports', { collection: { kind: 'array', elementtype: { primitive: 'number' } } }, true),
    property('labels', { collection: { kind: 'map', elementtype: { primitive: 'string' } } }, true),
    property('on', { primitive: 'boolean' }, true),
    property('raw', { primitive: 'any' }, true),
  ])])).toEqual(['Props|name!s ports?[n labels?{s on?b raw?*']);
});

test('structs that extend and hold others, ordered by name', () => {
  expect(linesOf([
    struct('Wide', [property('part', { fqn: 'lib.Base' })], ['lib.Base']),
    struct('Base', [property('a', { primitive: 'string' })]),
  ])).toEqual(['Base|a!s', 'Wide<Base|part!Base']);
});

test('enums by their values', () => {
  const mode = { kind: 'enum', name: 'Mode', fqn: 'lib.Mode', members: [{ name: 'ON' }, { name: 'OFF' }] };
  expect(linesOf([mode, struct('Props', [property('mode', { fqn: 'lib.Mode' })])], { Mode: { ON: 'on', OFF: 'turned off' } }))
    .toEqual(['%Mode|on|turned off', 'Props|mode!Mode']);
  expect(() => linesOf([mode, struct('Props', [property('mode', { fqn: 'lib.Mode' })])], { Mode: { ON: 'a|b' } }))
    .toThrow('the table has no notation for the value "a|b" of Mode');
});

test('classes by what the library asks of them, else by their public members', () => {
  class Token { public read() { return 1; } }
  class Key { public _toJson() { return {}; } }
  const type = (name: string, factory?: string) => ({
    kind: 'class',
    name,
    fqn: `lib.${name}`,
    methods: [{ name: 'read' }, ...factory === undefined ? [] : [{ name: factory, static: true, returns: { type: { fqn: `lib.${name}` } } }]],
    properties: [{ name: 'maybe', optional: true, type: {} }],
  });
  const props = struct('Props', [property('token', { fqn: 'lib.Token' }), property('key', { fqn: 'lib.Key' })]);
  expect(linesOf([type('Token'), type('Key', 'of'), props], { Token, Key }))
    .toEqual(['@Key|_toJson|a Key, such as Key.of(…)', 'Props|token!Token key!Key', '@Token|read|a Token']);
});

test('interfaces by the class of that name', () => {
  const door = { kind: 'interface', name: 'IDoor', fqn: 'lib.IDoor', methods: [], properties: [{ name: 'doorName', type: {} }] };
  const implementing = { kind: 'class', name: 'Door', fqn: 'lib.Door', interfaces: ['lib.IDoor'], initializer: {} };
  const props = struct('Props', [property('door', { fqn: 'lib.IDoor' })]);
  expect(linesOf([door, implementing, props], { Door: class {} })).toEqual(['@IDoor|doorName|a Door', 'Props|door!IDoor']);
  expect(() => linesOf([door, props])).toThrow('there is no class Door for messages about IDoor: add an expected value to EXPECTED');
});

test('types of other packages', () => {
  expect(linesOf([struct('Props', [
    property('time', { fqn: 'cdk8s.Duration' }),
    property('pod', { fqn: 'cdk8s-plus-27.k8s.PodSpec' }),
    property('port', { fqn: 'cdk8s-plus-27.k8s.IntOrString' }),
  ])])).toEqual([
    '@Duration|toMilliseconds|a Duration, such as Duration.seconds(5)', '&PodSpec|a k8s.PodSpec of cdk8s-plus-27', 'Props|time!Duration pod!PodSpec port!*',
  ]);
  expect(() => linesOf([struct('Props', [property('size', { fqn: 'other.Thing' })])])).toThrow('other.Thing has no check: add it to FOREIGN');
});

test('fields that constructors check', () => {
  expect(linesOf([struct('DestinationRuleProps', [property('host', { primitive: 'string' })])])).toEqual(['DestinationRuleProps|host!*']);
  expect(linesOf([struct('SidecarIngressListener', [property('port', { primitive: 'string' })])])).toEqual(['SidecarIngressListener|port?s']);
});
