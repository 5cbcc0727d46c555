import { Arguments, Options } from './options';
import { ParsedCommand } from '../answers/command-line/parsed-command';
import { InputError } from '../answers/input/input-error';
import { RequestInput } from '../answers/input/request-input';
import { isObject } from '../cluster/json';

/**
 * Options that describe a request, without or in addition to a command line.
 *
 * @internal
 */
export const REQUEST_OPTIONS: Options = {
  'url': { value: 'URL', help: 'The URL, instead of a command line.' },
  'method': { short: 'X', value: 'METHOD', help: 'The method. The default is GET.' },
  'header': { short: 'H', value: 'LINE', help: 'A header, as "name: value". Can be repeated.' },
  'grpc': { value: 'METHOD', help: 'A gRPC method, such as inference.GRPCInferenceService/ModelInfer.' },
  'http': { value: 'VERSION', values: ['1.0', '1.1', '2'], help: 'The version of HTTP: 1.0, 1.1 or 2. The default is 2 with TLS or gRPC, and 1.1 otherwise.' },
  'server-name': { value: 'NAME', help: 'The server name of the TLS handshake. The default is the host.' },
  'port': { value: 'PORT', help: 'The port of the gateway, if it is not that of the URL, as behind a load balancer or kubectl port-forward.' },
  'gateway': { value: 'NAMESPACE/NAME', help: 'The Gateway, where several could be meant.' },
  'from': { value: 'NAMESPACE[/ACCOUNT]', help: 'Sends the request from a workload in the mesh, with a service account.' },
  'from-label': { value: 'KEY=VALUE', help: 'A label of the pods of that workload. Can be repeated.' },
  'address': { value: 'IP', help: 'The address of the client.' },
  'principal': { value: 'IDENTITY', help: 'The identity in the client certificate, such as cluster.local/ns/models/sa/default.' },
  'claims': { value: 'JSON', help: 'Claims of a valid token, such as \'{"iss": "https://idp.example.com", "sub": "me"}\'.' },
};

const ONLY_WITHOUT_COMMAND = ['url', 'method', 'header', 'grpc'];

/**
 * The request that options describe.
 *
 * @param command The request of a command line, which the options complete; undefined without one.
 * @throws InputError if an option has no such value, or both tell the same.
 * @internal
 */
export function inputFrom(args: Arguments, command: ParsedCommand | undefined): RequestInput {
  const both = command === undefined ? undefined : ONLY_WITHOUT_COMMAND.find((name) => args.has(name));
  if (both !== undefined) throw new InputError(`there are both --${both} and a command line`, 'give one of them');
  const optional = {
    url: args.value('url'),
    method: args.value('method'),
    grpc: args.value('grpc'),
    headers: args.has('header') ? args.values('header') : undefined,
    http: args.value('http'),
    serverName: args.value('server-name'),
    port: portOf(args.value('port')),
    gateway: args.value('gateway'),
    address: args.value('address'),
    principal: args.value('principal'),
    claims: claimsOf(args.value('claims')),
    from: workloadOf(args),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return command === undefined ? given : { ...fromWorkload(command.input, optional.from !== undefined), ...given };
}

/** In the mesh, TLS is that of the sidecar. */
function fromWorkload(input: RequestInput, isWorkload: boolean): RequestInput {
  if (!isWorkload) return input;
  const { serverName: _serverName, clientCertificate: _clientCertificate, ...rest } = input;
  return rest;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || /^\d+$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new InputError(`--port is "${text}"`, 'use a number from 1 to 65535');
}

function workloadOf(args: Arguments): RequestInput['from'] {
  const from = args.value('from');
  const labels = Object.fromEntries(args.values('from-label').map((label) => {
    const equals = label.indexOf('=');
    if (equals < 1) throw new InputError(`--from-label is "${label}"`, 'write the key and the value, as in app=web');
    return [label.slice(0, equals), label.slice(equals + 1)];
  }));
  if (from === undefined) {
    if (args.has('from-label')) throw new InputError('there is --from-label without --from', 'add the namespace of the workload with --from');
    return undefined;
  }
  const [namespace, serviceAccount] = from.split('/');
  return { namespace, labels, ...serviceAccount === undefined ? {} : { serviceAccount } };
}

function claimsOf(text: string | undefined): RequestInput['claims'] {
  if (text === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(text);
    if (isObject(claims)) return claims;
  } catch {
    // Reported below.
  }
  throw new InputError(`--claims is ${text}, which is not a JSON object`, 'write it as in \'{"iss": "https://idp.example.com"}\'');
}
