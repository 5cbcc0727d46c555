import { Report, Summary } from '../../src/report/report';
import { Finding, FindingPlace } from '../../src/rules/finding';
import { Level, Rule } from '../../src/rules/rule';

/** A place in a VirtualService that was read from a file. */
export function virtualService(name: string, place: Partial<FindingPlace> = {}): FindingPlace {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: 'models',
    name,
    field: ['spec', 'http', 0],
    file: `routes/${name}.yaml`,
    line: 12,
    column: 5,
    ...place,
  };
}

/** An error about two routes. */
export function overlap(name = 'iris', other = 'wine', more: Partial<Finding> = {}): Finding {
  return {
    rule: 'overlapping-endpoints',
    level: Level.ERROR,
    ...virtualService(name),
    problem: `requests to /v2 also match VirtualService models/${other}`,
    remedy: 'give one of them another path or host',
    related: [virtualService(other, { line: 3 })],
    ...more,
  };
}

/** A warning about a port. */
export function badPort(name = 'iris', more: Partial<Finding> = {}): Finding {
  return {
    rule: 'grpc-port-name',
    level: Level.WARNING,
    ...virtualService(name, { apiVersion: 'v1', kind: 'Service', field: ['spec', 'ports', 1, 'name'], line: 30, column: 11 }),
    problem: 'port 9000 is named data, so Istio treats gRPC as TCP',
    remedy: 'name it grpc-data',
    related: [],
    ...more,
  };
}

/** Worth knowing, of an object that an app has. */
export function narrowHost(name = 'iris', more: Partial<Finding> = {}): Finding {
  return {
    rule: 'narrower-host',
    level: Level.INFO,
    ...virtualService(name, { field: [], construct: `app/${name}`, file: undefined, line: undefined, column: undefined }),
    problem: 'a narrower host is next to "*"',
    remedy: 'add the routes of "*" to it. Leave it as it is if all its paths are routed',
    related: [],
    ...more,
  };
}

function rule(id: string, level: Level, title: string, codes?: readonly string[]): Rule {
  return {
    id,
    level,
    title,
    ...codes === undefined ? {} : { codes },
    page: { explanation: `${title}.\n\nMore about it.`, wrong: 'kind: Wrong\n', right: 'kind: Right\n' },
    check: () => [],
  };
}

/** The rules of these findings, and one that finds nothing. */
export const RULES: readonly Rule[] = [
  rule('grpc-port-name', Level.WARNING, 'A gRPC port whose name is not that of a protocol', ['IST0118']),
  rule('missing-port', Level.ERROR, 'A route to a port that does not exist'),
  rule('narrower-host', Level.INFO, 'A host that takes requests from "*"'),
  rule('overlapping-endpoints', Level.ERROR, 'Routes of two endpoints overlap'),
];

/** A report of findings, read from 37 objects in 5 files. */
export function reportOf(findings: readonly Finding[], summary: Partial<Summary> = {}, more: Partial<Report> = {}): Report {
  return {
    findings,
    summary: { files: 5, objects: 37, ignored: new Map(), notManifests: 0, problems: [], accepted: [], ...summary },
    rules: RULES,
    ...more,
  };
}

/** Texts that break out of the formats that do not expect them. */
export const ATTACKS: readonly string[] = [
  'a\u0000b\u0007\u001b[31mred\u001b[0m', 'line\r\n::error::injected', '::add-mask::x', 'x ##[error]y', '%0A::warning::z', ']]></failure><evil/>', '<!--',
  '&amp;&#0;', '"\'><x a="', 'lone \ud800 half \udc00', 'not \ufffe\uffff characters', 'right-to-left \u202e evil', 'lines \u2028 and \u2029', '{0} [click](https://evil)',
  '__proto__', ',title=x::', '',
];
