import { InputError } from './input-error';
import { RequestInput } from './request-input';
import { ClientCertificate, GatewayEntry, WorkloadEntry } from '../request';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.*:)[0-9A-Fa-f:]+(?:\d+\.\d+\.\d+\.\d+)?$/;

/**
 * Whether a text is an IP address, or one with brackets.
 *
 * @internal
 */
export function isAddress(text: string): boolean {
  return IPV4.test(text) || IPV6.test(text.replace(/^\[(.*)\]$/, '$1'));
}

/**
 * Where a request enters the mesh.
 *
 * @param input The request.
 * @param scheme Its scheme.
 * @param host The host that the client connects to.
 * @param port The port that it connects to.
 * @throws InputError if a value is not valid, or does not go with another one.
 * @internal
 */
export function entryOf(input: RequestInput, scheme: 'http' | 'https', host: string, port: number): GatewayEntry | WorkloadEntry {
  return input.from === undefined ? gatewayEntry(input, scheme, host, port) : workloadEntry(input, scheme, port);
}

function gatewayEntry(input: RequestInput, scheme: 'http' | 'https', host: string, port: number): GatewayEntry {
  const { gateway, serverName = isAddress(host) ? undefined : host.toLowerCase() } = input;
  if (gateway !== undefined && !/^[^/]+\/[^/]+$/.test(gateway)) throw new InputError(`gateway "${gateway}" has no namespace`, 'write the namespace and the name, as in "istio-system/seldon-gateway"');
  if (scheme === 'http') rejectTls(input);
  const certificate = certificateOf(input);
  return {
    kind: 'gateway',
    port,
    ...gateway === undefined ? {} : { gateway },
    ...scheme === 'http' ? {} : { tls: { ...serverName === undefined ? {} : { serverName }, ...certificate === undefined ? {} : { certificate } } },
    ...addresses(input),
  };
}

function rejectTls({ serverName, clientCertificate, principal }: RequestInput): void {
  const given = serverName !== undefined ? `server name "${serverName}"` : 'client certificate';
  if (serverName !== undefined || clientCertificate === true || principal !== undefined) throw new InputError(`the request has a ${given}, but its scheme is http`, 'use https');
}

function certificateOf({ clientCertificate, principal }: RequestInput): ClientCertificate | undefined {
  if (principal === undefined) return clientCertificate === true ? {} : undefined;
  const identity = principal.replace(/^spiffe:\/\//, '');
  if (!/^[^/]+\/.+$/.test(identity)) throw new InputError(`principal "${principal}" is not the identity of a certificate`, 'write it as in "cluster.local/ns/models/sa/default"');
  return { principal: identity };
}

function addresses({ address, forwardedAddress }: RequestInput): Pick<GatewayEntry, 'sourceAddress' | 'remoteAddress'> {
  for (const each of [address, forwardedAddress]) {
    if (each !== undefined && !isAddress(each)) throw new InputError(`address "${each}" is not an IP address`, 'use one such as "203.0.113.7"');
  }
  return { ...address === undefined ? {} : { sourceAddress: address }, ...forwardedAddress === undefined ? {} : { remoteAddress: forwardedAddress } };
}

function workloadEntry(input: RequestInput, scheme: 'http' | 'https', port: number): WorkloadEntry {
  const { namespace, labels = {}, serviceAccount = 'default' } = input.from!;
  const outside = (['gateway', 'serverName', 'clientCertificate', 'principal', 'address', 'forwardedAddress'] as const).find((field) => input[field] !== undefined);
  if (outside !== undefined) throw new InputError(`\`${outside}\` is for requests from outside the mesh, but this one comes from a workload in namespace "${namespace}"`, `remove \`${outside}\` or \`from\``);
  if (scheme === 'https') throw new InputError('the workload sends https, which its sidecar cannot read', 'use http, as workloads in a mesh do. The sidecar encrypts the request');
  return { kind: 'workload', namespace, labels, serviceAccount, port };
}
