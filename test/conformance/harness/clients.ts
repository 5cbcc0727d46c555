import * as http from 'http';
import * as https from 'https';
import * as grpc from '@grpc/grpc-js';
import { REQUEST_ID } from './envoy';
import { Call, GRPC_SERVICE, INFER_BODY, messageFor, methodOf as methodOfCall } from './protocol';
import { SERIAL } from './stubs';

/** A header that may be sent more than once. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A certificate with its key, by which a caller or a server proves who it is. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** A request as a caller makes it. */
export interface RestRequest {
  readonly rest: string;
  /** Default: POST with an inference body for paths that end in `/infer`, else GET. */
  readonly method?: string;
  readonly host: string;
  readonly headers?: Headers;
  /** The port that the caller uses. Default: 80. */
  readonly port?: number;
  /** Speaks TLS. Default: on port 443. */
  readonly tls?: boolean;
  /** Shown over TLS. Default: none. */
  readonly clientCertificate?: KeyPair;
  /** Sent from inside the mesh rather than through a gateway. */
  readonly fromMesh?: boolean;
  /** Sent to the sidecar of a workload, by its name, as pods of the mesh would. */
  readonly workload?: string;
  readonly body?: string;
}

/** A gRPC call as a caller makes it. */
export interface GrpcRequest {
  readonly grpc: Call;
  /** The model that the message names. */
  readonly model: string;
  /** Path of a method of another service, which is called instead of it with an empty message. */
  readonly path?: string;
  readonly host: string;
  readonly headers?: Headers;
  readonly port?: number;
  readonly tls?: boolean;
  readonly clientCertificate?: KeyPair;
  readonly fromMesh?: boolean;
  readonly workload?: string;
}

/** Any request. */
export type Request = RestRequest | GrpcRequest;

/** Whether it is a gRPC call. */
export const isGrpc = (request: Request): request is GrpcRequest => 'grpc' in request;

/** The port that a caller uses. */
export const portOf = (request: Request) => request.port ?? (request.tls ? 443 : 80);

/** Whether the caller uses TLS. */
export const isTls = (request: Request) => request.tls ?? request.port === 443;

/** How messages name a request. */
export function describeRequest(request: Request): string {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => ` ${name}: ${[value].flat().join(', ')}`).join(';');
  const from = `${request.fromMesh ? ' from the mesh' : ''}${request.workload === undefined ? '' : ` to pods ${request.workload}`}`;
  const at = `${request.host}:${portOf(request)}${from}${request.clientCertificate === undefined ? '' : ' with a certificate'}`;
  const what = isGrpc(request) ? `gRPC ${request.path ?? `${request.grpc}(${request.model})`}` : `${methodOfRest(request)} ${request.rest}`;
  return `${what} at ${at}${headers === '' ? '' : ` with${headers}`}`;
}

/** What the caller got. */
export interface Response {
  /** The HTTP status; absent when the connection broke, and for gRPC. */
  readonly status?: number;
  /** The gRPC status, by its number. */
  readonly grpcStatus?: number;
  /** Why a gRPC call failed, or a connection. */
  readonly details?: string;
  /** The arrival that answered. */
  readonly serial?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: any;
}

const methodOfRest = (request: RestRequest) => request.method ?? (request.rest.endsWith('/infer') ? 'POST' : 'GET');

/** The method of HTTP by which a request is sent. */
export const methodOf = (request: Request): string => isGrpc(request) ? 'POST' : methodOfRest(request);

const bytes = (pem: string | undefined) => pem === undefined ? null : Buffer.from(pem);

/** Sends requests of both kinds to loopback ports, over connections that it keeps. */
export class Clients {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  private readonly tlsAgent = new https.Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });
  private readonly channels = new Map<string, grpc.Client>();

  /** Sends a request and waits for its answer. */
  public send(request: Request, port: number, id: string, address = '127.0.0.1'): Promise<Response> {
    return isGrpc(request) ? this.call(request, `${address}:${port}`, id) : this.rest(request, port, id, address);
  }

  /** Closes all connections. */
  public close(): void {
    this.agent.destroy();
    this.tlsAgent.destroy();
    this.channels.forEach((channel) => channel.close());
  }

  private rest(request: RestRequest, port: number, id: string, address: string): Promise<Response> {
    const method = methodOfRest(request);
    const body = request.body ?? (method === 'POST' ? INFER_BODY : undefined);
    const tls = isTls(request);
    const headers: http.OutgoingHttpHeaders = { 'host': request.host, [REQUEST_ID]: id, 'content-type': 'application/json' };
    for (const [name, value] of Object.entries(request.headers ?? {})) {
      headers[name] = typeof value === 'string' ? value : [...value];
    }
    return new Promise((resolve) => {
      // No connection, or one that the proxy closed, as for a server name that no listener has: an answer without a status.
      const fail = (error: Error) => resolve({ details: error.message, headers: {} });
      const options = { host: address, port, method, path: request.rest, headers };
      const outgoing = tls
        ? https.request({
          ...options,
          agent: this.tlsAgent,
          servername: request.host.split(':')[0],
          cert: request.clientCertificate?.certificate,
          key: request.clientCertificate?.key,
        })
        : http.request({ ...options, agent: this.agent });
      outgoing.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', fail);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          const serial = response.headers[SERIAL];
          resolve({
            status: response.statusCode,
            headers: response.headers,
            serial: typeof serial === 'string' ? serial : undefined,
            body: response.headers['content-type'] === 'application/json' && text !== '' ? JSON.parse(text) : text,
          });
        });
      });
      outgoing.once('error', fail);
      outgoing.setTimeout(10_000, () => outgoing.destroy(new Error('no answer within 10 seconds')));
      outgoing.end(body);
    });
  }

  private call(request: GrpcRequest, at: string, id: string): Promise<Response> {
    const method = methodOfCall(request.grpc)!;
    const metadata = new grpc.Metadata();
    metadata.set(REQUEST_ID, id);
    for (const [name, value] of Object.entries(request.headers ?? {})) {
      [value].flat().forEach((one) => metadata.add(name, one as string));
    }
    return new Promise((resolve) => {
      let serial: string | undefined;
      let body: unknown;
      let headers: Record<string, string[]> = {};
      const call = this.channel(request, at).makeUnaryRequest(
        request.path ?? `/${GRPC_SERVICE}/${request.grpc}`,
        request.path === undefined ? method.requestSerialize : () => Buffer.alloc(0),
        request.path === undefined ? method.responseDeserialize : (answer: Buffer) => answer,
        messageFor(request.grpc, request.model), metadata, { host: request.host, deadline: Date.now() + 10_000 },
        (_error, message) => { body = message; },
      );
      call.on('metadata', (head: grpc.Metadata) => {
        serial = head.get(SERIAL)[0]?.toString();
        headers = Object.fromEntries(Object.keys(head.getMap()).map((name) => [name, head.get(name).map(String)]));
      });
      // The status of the trailers, or what grpc-js makes of an answer that has none.
      call.on('status', (status: grpc.StatusObject) => resolve({
        grpcStatus: status.code, details: status.details, serial, headers, body,
      }));
    });
  }

  private channel(request: GrpcRequest, at: string): grpc.Client {
    // The host is sent with each call; only TLS ties it to the connection.
    const serverName = isTls(request) ? request.host.split(':')[0] : undefined;
    const { certificate, key: privateKey } = request.clientCertificate ?? {};
    const key = `${serverName} ${at} ${certificate ?? ''}`;
    let channel = this.channels.get(key);
    if (channel === undefined) {
      const credentials = serverName !== undefined
        ? grpc.credentials.createSsl(null, bytes(privateKey), bytes(certificate), { rejectUnauthorized: false } as grpc.VerifyOptions)
        : grpc.credentials.createInsecure();
      channel = new grpc.Client(at, credentials, {
        ...(serverName === undefined ? {} : { 'grpc.ssl_target_name_override': serverName }),
        // Each world has its own connections, and a failure is not repeated behind the test's back.
        'grpc.use_local_subchannel_pool': 1,
        'grpc.enable_retries': 0,
      });
      this.channels.set(key, channel);
    }
    return channel;
  }
}
