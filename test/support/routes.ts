import { Answers } from './answers';
import { ClusterSettings } from '../../src/cluster/cluster';

/** A Gateway for all hosts on port 80. */
export const GATEWAY = gateway('gateway', "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}");

/** A Gateway in `istio-system` with servers as YAML. */
export function gateway(name: string, servers: string, { selector = '{istio: ingressgateway}', created }: { selector?: string; created?: string } = {}): string {
  return document('Gateway', name, 'istio-system', `{selector: ${selector}, servers: [${servers}]}`, created);
}

/** What differs in a VirtualService. */
interface RouteFields {
  readonly hosts?: string;
  readonly gateways?: string;
  readonly more?: string;
  readonly created?: string;
  readonly namespace?: string;
}

/** A VirtualService in `models` for `h.test` at `istio-system/gateway`, with more or other fields. */
export function virtualService(name: string, http: readonly string[], fields: RouteFields = {}): string {
  const { hosts = '[h.test]', gateways = '[istio-system/gateway]', more = '', created, namespace = 'models' } = fields;
  return document('VirtualService', name, namespace, `{hosts: ${hosts}, gateways: ${gateways}, ${more} http: [${http.join(', ')}]}`, created);
}

/** A document of YAML. */
export function document(kind: string, name: string, namespace: string, spec: string, created?: string): string {
  const group = kind === 'AuthorizationPolicy' || kind === 'RequestAuthentication' ? 'security' : 'networking';
  const version = ['Service', 'Pod'].includes(kind) ? 'v1' : kind === 'Deployment' ? 'apps/v1' : `${group}.istio.io/v1`;
  const time = created === undefined ? '' : `, creationTimestamp: '${created}'`;
  return `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}${time}}\nspec: ${spec}\n---\n`;
}

/** A Service in `models`. */
export function service(name: string, ports = '[{port: 80, name: http}]', namespace = 'models'): string {
  return document('Service', name, namespace, `{selector: {app: ${name}}, ports: ${ports}}`);
}

/** A Deployment in `models` with labels of its pods. */
export function deployment(name: string, labels: string, more = ''): string {
  return document('Deployment', name, 'models', `{${more} template: {metadata: {labels: ${labels}}}}`);
}

/** A rule that sends all requests to port 80 of a Service. */
export const to = (name: string, more = '') => `{${more} route: [{destination: {host: ${name}, port: {number: 80}}}]}`;

/** Rules for `h.test` at a gateway. */
export function rules(http: readonly string[], others = '', settings?: ClusterSettings): Answers {
  return new Answers(GATEWAY + virtualService('routes', http) + others, settings);
}
