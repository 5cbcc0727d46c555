import { ParsedCommand } from '../../answers/command-line/parsed-command';
import { InputError } from '../../answers/input/input-error';
import { RequestInput } from '../../answers/input/request-input';
import { isObject } from '../../cluster/json';

/**
 * The fields of the form for a request, as a reader fills them in. An empty one is not given.
 *
 * @internal
 */
export interface RequestFields {
  /** The method. */
  readonly method: string;
  /** `http` or `https`. */
  readonly scheme: string;
  /** The host. */
  readonly host: string;
  /** The path, or the method of a gRPC call. */
  readonly path: string;
  /** Lines as `name: value`. */
  readonly headers: string;
  /** `yes` for a gRPC call. */
  readonly grpc: string;
  /** The Gateway, as `namespace/name`. */
  readonly gateway: string;
  /** The port to connect to. */
  readonly port: string;
  /** The version of HTTP. */
  readonly http: string;
  /** The server name of the TLS handshake. */
  readonly serverName: string;
  /** The namespace of the workload that sends the request. */
  readonly namespace: string;
  /** Its service account. */
  readonly account: string;
  /** The address of the client. */
  readonly address: string;
  /** The address of the client behind trusted proxies. */
  readonly forwardedAddress: string;
  /** `yes` if the client has a certificate. */
  readonly certificate: string;
  /** The identity in its certificate. */
  readonly principal: string;
  /** Claims of the token, as JSON. */
  readonly claims: string;
}

/**
 * The fields of an empty form.
 *
 * @internal
 */
export const NO_FIELDS: RequestFields = {
  method: 'GET',
  scheme: 'http',
  host: '',
  path: '/',
  headers: '',
  grpc: '',
  gateway: '',
  port: '',
  http: '',
  serverName: '',
  namespace: '',
  account: '',
  address: '',
  forwardedAddress: '',
  certificate: '',
  principal: '',
  claims: '',
};

/**
 * The request of a form.
 *
 * @throws InputError if a field is not valid.
 * @internal
 */
export function inputOfFields(fields: RequestFields): RequestInput {
  const { method, scheme, host, path, headers, grpc } = trimmed(fields);
  const lines = headers.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const call = grpc === '' ? { ...given({ method, path }), ...lines.length === 0 ? {} : { headers: lines } }
    : { ...given({ grpc: path.replace(/^\//, '') }), ...lines.length === 0 ? {} : { metadata: lines } };
  return { ...given({ scheme, host }), ...call, ...clientOf(fields) };
}

/**
 * The request of a command line, with what the form tells about its client.
 *
 * @throws InputError if a field is not valid.
 * @internal
 */
export function withClient({ input, notes }: ParsedCommand, fields: RequestFields): ParsedCommand {
  const client = clientOf(fields);
  // In the mesh, TLS is that of the sidecar.
  const { serverName: _serverName, clientCertificate: _clientCertificate, ...rest } = input;
  return { input: client.from === undefined ? { ...input, ...client } : { ...rest, ...client }, notes };
}

/**
 * The fields of a request, as far as the form has them.
 *
 * @internal
 */
export function fieldsOf(input: RequestInput): RequestFields {
  const { scheme, path, method, headers, grpc, metadata, port, from, clientCertificate, principal, claims } = input;
  const { host, gateway, http, serverName, address, forwardedAddress } = input;
  const isTls = clientCertificate === true || principal !== undefined || port === 443;
  return {
    ...NO_FIELDS,
    ...given({ scheme: scheme ?? (isTls && from === undefined ? 'https' : undefined), host, gateway, http, serverName, address, forwardedAddress, principal }),
    ...given({ namespace: from?.namespace, account: from?.serviceAccount }),
    ...grpc === undefined ? given({ path, method }) : { grpc: 'yes', path: `/${grpc}`, method: 'POST' },
    headers: (metadata ?? headers ?? []).join('\n'),
    port: port === undefined ? '' : `${port}`,
    certificate: clientCertificate === true ? 'yes' : '',
    claims: claims === undefined ? '' : JSON.stringify(claims),
  };
}

function clientOf(fields: RequestFields): RequestInput {
  const { gateway, port, http, serverName, namespace, account, address, forwardedAddress, certificate, principal, claims } = trimmed(fields);
  if (account !== '' && namespace === '') throw new InputError('there is a service account without a namespace', 'add the namespace of the workload');
  return {
    ...given({ gateway, http, serverName, address, forwardedAddress, principal }),
    ...port === '' ? {} : { port: Number(port) },
    ...certificate === '' ? {} : { clientCertificate: true },
    ...claims === '' ? {} : { claims: claimsOf(claims) },
    ...namespace === '' ? {} : { from: { namespace, ...account === '' ? {} : { serviceAccount: account } } },
  };
}

function claimsOf(text: string): RequestInput['claims'] {
  try {
    const claims: unknown = JSON.parse(text);
    if (isObject(claims)) return claims;
  } catch {
    // Reported below.
  }
  throw new InputError(`the claims are ${text}, which is not a JSON object`, 'write them as in {"iss": "https://idp.example.com"}');
}

function trimmed(fields: RequestFields): RequestFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]: [string, string]) => [name, value.trim()])) as unknown as RequestFields;
}

function given<T extends { readonly [name: string]: string | undefined }>(values: T): { readonly [name in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as { readonly [name in keyof T]?: string };
}
