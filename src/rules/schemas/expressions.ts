import { isWebAddress } from './go-url';
import { ValueFault } from './values';
import { isObject, JsonObject, listOf, objectOf } from '../../cluster/json';
import { goDuration } from '../../objects/istio/go-duration';

/**
 * An expression of a schema, written in TypeScript.
 *
 * @internal
 */
export interface Expression extends ValueFault {
  /** Whether a value fits it. It has the type of the schema; its fields and entries may have others. */
  holds(value: never): boolean;
}

const has = (value: JsonObject, name: string) => value[name] !== undefined && value[name] !== null;
const atMostOne = (...names: readonly string[]) => (value: JsonObject) => names.filter((name) => has(value, name)).length <= 1;
const keys = (holds: (key: string) => boolean) => (value: JsonObject) => Object.keys(value).every(holds);
const resolution = (value: JsonObject) => (has(value, 'resolution') ? value.resolution : 'NONE');

const WITHOUT_WILDCARD: Pick<Expression, 'remedy'> = { remedy: 'write the labels out, since selectors have no wildcards' };
const ONE_SELECTION = { problem: 'has both a selector and targets', remedy: 'keep either selector or targetRefs' };
const UNIX = 'unix://';
const PORT_NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const MAX_PORT_NAME = 62;
const isPort = (port: number) => port > 0 && port <= 65535;

/**
 * The expressions of the schemas (`x-kubernetes-validations`), in CEL.
 *
 * @internal
 */
export const EXPRESSIONS: { readonly [expression: string]: Expression } = {
  // Labels
  'self.all(key, !key.contains("*"))': { holds: keys((key) => !key.includes('*')), problem: 'has a key with a wildcard', ...WITHOUT_WILDCARD },
  'self.all(key, key.size() != 0)': { holds: keys((key) => key !== ''), problem: 'has an empty key', remedy: 'write the name of the label' },
  '!self.contains("*")': { holds: (value: string) => !value.includes('*'), problem: 'has a wildcard', ...WITHOUT_WILDCARD },

  // Targets
  'self.size() == 0': { holds: (value: string) => value === '', problem: 'names a namespace', remedy: 'remove it, since a target is in the namespace of the policy' },
  '(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1': {
    holds: atMostOne('selector', 'targetRef', 'targetRefs'), ...ONE_SELECTION,
  },
  '(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true': {
    holds: (source: JsonObject) => !['serviceAccounts', 'notServiceAccounts'].some((name) => has(source, name))
      || !['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].some((name) => has(source, name)),
    problem: 'has service accounts together with principals or namespaces',
    remedy: 'keep either of them',
  },

  // Values
  "duration(self) >= duration('1ms')": {
    holds: (text: string) => (goDuration(text) ?? 0) >= 1_000_000,
    problem: 'is not a duration of 1ms or more',
    remedy: 'write a number with a unit, such as 500ms, 5s, 1m or 1h30m',
  },
  '0 < self && self <= 65535': { holds: isPort, problem: 'is not a port', remedy: 'expected 1 to 65535' },
  'url(self).getScheme() in ["http", "https"]': {
    holds: isWebAddress, problem: 'is not an address that begins with http:// or https://', remedy: 'write the whole address',
  },

  // TLS of Gateways
  '(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': {
    holds: atMostOne('tlsCertificates', 'credentialNames'), problem: 'has both tlsCertificates and credentialNames', remedy: 'keep one of them',
  },
  '(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': {
    holds: atMostOne('credentialName', 'credentialNames'), problem: 'has both credentialName and credentialNames', remedy: 'keep one of them',
  },
  '(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1': {
    holds: atMostOne('tlsCertificates', 'credentialNames'), problem: 'has both tlsCertificates and credentialNames', remedy: 'keep one of them',
  },

  // ServiceEntries
  '(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1': {
    holds: atMostOne('workloadSelector', 'endpoints'), problem: 'has both workloadSelector and endpoints', remedy: 'keep one of them',
  },
  '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))': {
    holds: (spec: JsonObject) => !listOf(spec.addresses).some((address) => String(address).includes('/')) || ['STATIC', 'NONE'].includes(String(resolution(spec))),
    problem: 'has a range of addresses, and its resolution is by DNS',
    remedy: 'set resolution to STATIC or NONE, or list single addresses',
  },
  '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': {
    holds: (spec: JsonObject) => resolution(spec) !== 'NONE' || !has(spec, 'endpoints'),
    problem: 'has endpoints, and resolution NONE',
    remedy: 'set resolution to STATIC, or to DNS where the endpoints are names',
  },
  '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true': {
    holds: (spec: JsonObject) => resolution(spec) !== 'DNS_ROUND_ROBIN' || listOf(spec.endpoints).length <= 1,
    problem: 'has several endpoints, and its resolution is DNS_ROUND_ROBIN',
    remedy: 'set resolution to DNS, or keep one endpoint',
  },
  'has(self.address) || has(self.network)': {
    holds: (endpoint: JsonObject) => has(endpoint, 'address') || has(endpoint, 'network'), problem: 'has no address', remedy: 'set address',
  },
  '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': {
    holds: ({ address, ...endpoint }: JsonObject) => !(typeof address === 'string' && address.startsWith(UNIX)) || !has(endpoint, 'ports'),
    problem: 'has ports, and its address is a Unix socket',
    remedy: 'remove the ports',
  },
  'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': {
    holds: (address: string) => !address.startsWith(UNIX) || /^[/@]/.test(address.slice(UNIX.length)),
    problem: 'is a Unix socket without an absolute path',
    remedy: 'write unix:///path/to/socket',
  },
  'self.startsWith("unix://") ? !self.endsWith("/") : true': {
    holds: (address: string) => !address.startsWith(UNIX) || !address.endsWith('/'), problem: 'is the folder of a Unix socket', remedy: 'write the path of the socket',
  },
  'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': {
    holds: keys((key) => [...key].length <= MAX_PORT_NAME && PORT_NAME.test(key)),
    problem: 'has a name of a port that is not valid',
    remedy: 'write letters, digits and hyphens, at most 62',
  },
  'self != "*"': { holds: (host: string) => host !== '*', problem: 'is "*"', remedy: 'write the names of the hosts, such as *.example.com' },
  'self.all(l1, self.exists_one(l2, l1.number == l2.number))': {
    holds: (ports: readonly unknown[]) => new Set(ports.map((port) => objectOf(port).number)).size === ports.length,
    problem: 'has the same number twice',
    remedy: 'remove one of the two ports',
  },

  // PeerAuthentications
  'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true': {
    holds: (spec: JsonObject) => !has(spec, 'portLevelMtls') || Object.keys(objectOf(objectOf(spec.selector).matchLabels)).length > 0,
    problem: 'has portLevelMtls and no selector',
    remedy: 'select the workload by its labels, since ports are those of a workload',
  },
  'self.all(key, 0 < int(key) && int(key) <= 65535)': {
    holds: keys((key) => /^[+-]?\d+$/.test(key) && isPort(Number(key))), problem: 'has a key that is not a port', remedy: 'expected 1 to 65535',
  },

  // RequestAuthentications
  '(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1': {
    holds: atMostOne('jwksUri', 'jwks_uri', 'jwks'), problem: 'has both jwks and jwksUri', remedy: 'keep one of them',
  },

  // Telemetry
  '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true': {
    holds: (tag: JsonObject) => tag.operation !== 'UPSERT' || (has(tag, 'value') && tag.value !== ''), problem: 'sets a tag without a value', remedy: 'set value',
  },
  '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true': {
    holds: (tag: unknown) => !isObject(tag) || tag.operation !== 'REMOVE' || !has(tag, 'value'), problem: 'removes a tag and has a value', remedy: 'remove the value',
  },
};
