import * as http from 'http';
import * as http2 from 'http2';
import * as https from 'https';
import * as net from 'net';
import { AddressInfo } from 'net';
import { Authority } from './certificates';
import { KeyPair } from './clients';
import { REQUEST_ID } from './envoy';
import { GRPC_SERVICE, methodOf } from './protocol';

/** The Service that a stub replaces. */
export interface Identity {
  /** `<service>.<namespace>`. */
  readonly service: string;
  readonly port: number;
  readonly subset?: string;
}

/** A request as it arrived at a stub. */
export interface Arrival {
  readonly at: Identity;
  /** Distinguishes two arrivals of one request. */
  readonly serial: string;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Every value of a header, in the order in which they came; names in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** For a gRPC call of the Open Inference Protocol, the model that the message names. */
  readonly model?: string;
}

/** The response header by which an answer names the arrival that it answers. */
export const SERIAL = 'x-conformance-serial';

/** The request header that makes a stub set a cookie, as a model would. */
export const SET_COOKIE = 'x-conformance-set-cookie';

/** The request header that makes stubs fail: a `Trouble` in JSON. */
export const TROUBLE = 'x-conformance-trouble';

/** How stubs fail or delay a request. */
export interface Trouble {
  /** At the pod of this subset alone. Default: at all pods. */
  readonly subset?: string;
  /** At this many arrivals of the request. Default: at all of them. */
  readonly times?: number;
  /** Wait so many milliseconds before the answer. */
  readonly delay?: number;
  /** Answer with this HTTP status. */
  readonly status?: number;
  /** Answer with this gRPC status. */
  readonly grpcStatus?: number;
}

/** The headers of a request that makes a stub fail. */
export const troubled = (trouble: Trouble): Record<string, string> => ({ [TROUBLE]: JSON.stringify(trouble) });

function troubleFor(arrival: Arrival, earlier: number): Trouble {
  const asked = arrival.headers.get(TROUBLE);
  const trouble: Trouble = asked === undefined ? {} : JSON.parse(asked[0]);
  const isMeant = (trouble.subset === undefined || trouble.subset === arrival.at.subset) && earlier < (trouble.times ?? Infinity);
  return isMeant ? trouble : {};
}

/** What a stub answers instead of a model's usual response. */
export interface Verdict {
  /** Default: 200. */
  readonly status?: number;
  /** Of a gRPC call. Default: 0. */
  readonly grpcStatus?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Decides what a stub answers to an arrival; undefined for the usual answer. */
export type Decide = (arrival: Arrival) => Verdict | undefined;

/** A server that stands in for the pods of a Service and records requests. */
export interface Stub {
  readonly port: number;
  close(): Promise<void>;
}

/** Everything that arrived in a world, by the request's id. */
export class Arrivals {
  private readonly byRequest = new Map<string, Arrival[]>();
  private serial = 0;

  /** A number for the next arrival. */
  public nextSerial(): string {
    this.serial += 1;
    return String(this.serial);
  }

  /** Remembers an arrival. */
  public add(arrival: Arrival): void {
    const id = arrival.headers.get(REQUEST_ID)?.[0] ?? '';
    const list = this.byRequest.get(id);
    if (list === undefined) {
      this.byRequest.set(id, [arrival]);
    } else {
      list.push(arrival);
    }
  }

  /** The request itself and all its mirrored requests. */
  public of(id: string): readonly Arrival[] {
    return this.byRequest.get(id) ?? [];
  }
}

function headersOf(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), raw[i + 1]]);
  }
  return headers;
}

const frame = (message: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};

/** What the stub answers: headers, body and, for gRPC, trailers. */
interface Reply {
  /** Milliseconds to wait for it. */
  readonly delay: number;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly trailers?: Record<string, string>;
}

function answer(arrival: Arrival, body: Buffer, { delay = 0, status = 200, grpcStatus = 0, headers = {} }: Trouble & Verdict): Reply {
  const { at } = arrival;
  const cookie = arrival.headers.get(SET_COOKIE);
  const cookies: Record<string, string> = cookie === undefined ? {} : { 'set-cookie': cookie[0] };
  const about = {
    served_by: `${at.service}:${at.port}${at.subset === undefined ? '' : `/${at.subset}`}`,
    seldon_model: (arrival.headers.get('seldon-model') ?? []).join(','),
  };
  if (arrival.headers.get('content-type')?.[0]?.startsWith('application/grpc')) {
    const [, service, call] = arrival.path.split('/');
    const method = service === GRPC_SERVICE ? methodOf(call) : undefined;
    if (grpcStatus !== 0) {
      // A server that fails before it has a message to send sends nothing but headers.
      return { delay, status, headers: { 'content-type': 'application/grpc', 'grpc-status': String(grpcStatus), [SERIAL]: arrival.serial, ...headers }, body: Buffer.alloc(0) };
    }
    const parameters = Object.fromEntries(Object.entries(about).map(([key, value]) => [key, { string_param: value }]));
    const content = { live: true, ready: true, name: arrival.model, model_name: arrival.model, parameters };
    return {
      delay,
      status,
      headers: { 'content-type': 'application/grpc', [SERIAL]: arrival.serial, ...cookies, ...headers },
      body: frame(method?.responseSerialize(content) ?? Buffer.alloc(0)),
      trailers: { 'grpc-status': '0' },
    };
  }
  return {
    delay,
    status,
    headers: { 'content-type': 'application/json', [SERIAL]: arrival.serial, ...cookies, ...headers },
    body: Buffer.from(JSON.stringify({ model_name: about.seldon_model, parameters: about, outputs: [], got: body.length })),
  };
}

function modelOf(path: string, body: Buffer): string | undefined {
  const [, service, call] = path.split('/');
  if (service !== GRPC_SERVICE || body.length < 5) {
    return undefined;
  }
  try {
    const message = methodOf(call)?.requestDeserialize(body.subarray(5)) as any;
    return message?.model_name ?? message?.name;
  } catch {
    // Something else than a call was sent to the path of one.
    return undefined;
  }
}

const HANDSHAKE = 22;
let pair: KeyPair | undefined;

/** The certificate of all stubs. */
const stubPair = () => pair ??= new Authority('stubs').sign(['stub.example.org']);

/** Starts a stub for HTTP/1.1, with TLS or without, and, on the same port, HTTP/2 without TLS. */
export async function startStub(at: Identity, arrivals: Arrivals, address: string, decide?: Decide): Promise<Stub> {
  const receive = (protocol: Arrival['protocol'], method: string, host: string, path: string, raw: readonly string[], body: Buffer): Reply => {
    const arrival: Arrival = {
      at, protocol, method, host, path, serial: arrivals.nextSerial(), headers: headersOf(raw), model: modelOf(path, body),
    };
    const earlier = arrivals.of(arrival.headers.get(REQUEST_ID)?.[0] ?? '').length;
    arrivals.add(arrival);
    return answer(arrival, body, { ...decide?.(arrival), ...troubleFor(arrival, earlier) });
  };
  const later = (delay: number, then: () => void) => {
    if (delay === 0) then();
    else setTimeout(then, delay).unref();
  };
  const bodyOf = (stream: NodeJS.ReadableStream, then: (body: Buffer) => void) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => then(Buffer.concat(chunks)));
  };

  const answerHttp1: http.RequestListener = (request, response) => bodyOf(request, (body) => {
    const reply = receive('HTTP/1.1', request.method!, request.headers.host ?? '', request.url!, request.rawHeaders, body);
    later(reply.delay, () => {
      response.writeHead(reply.status, reply.trailers === undefined ? reply.headers : { ...reply.headers, trailer: Object.keys(reply.trailers).join(', ') });
      response.write(reply.body);
      if (reply.trailers !== undefined) {
        response.addTrailers(reply.trailers);
      }
      response.end();
    });
  });
  const http1 = http.createServer(answerHttp1);
  http1.keepAliveTimeout = 0;
  let secure: https.Server | undefined;
  const forTls = () => {
    const { certificate, key } = stubPair();
    return secure ??= https.createServer({ cert: certificate, key }, answerHttp1);
  };

  const two = http2.createServer();
  two.on('sessionError', () => undefined);
  // A proxy that ends or gives up resets its streams, also before the body has arrived.
  two.on('stream', (stream: http2.ServerHttp2Stream) => stream.on('error', () => undefined));
  two.on('stream', (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, _flags: number, raw: any) => bodyOf(stream, (body) => {
    const path = String(headers[':path']);
    const reply = receive('HTTP/2', String(headers[':method']), String(headers[':authority'] ?? headers.host ?? ''), path, raw, body);
    later(reply.delay, () => {
      // The proxy gives up on what takes too long.
      if (stream.destroyed) return;
      stream.respond({ ':status': reply.status, ...reply.headers }, { waitForTrailers: reply.trailers !== undefined, endStream: reply.body.length === 0 });
      if (reply.body.length === 0) return;
      if (reply.trailers !== undefined) {
        stream.on('wantTrailers', () => stream.sendTrailers(reply.trailers!));
      }
      stream.end(reply.body);
    });
  }));

  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    // The first bytes show it: every HTTP/2 connection begins with "PRI", and every one with TLS with the number of a handshake.
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) {
        return;
      }
      socket.unshift(first);
      (first[0] === HANDSHAKE ? forTls() : first.subarray(0, 3).toString() === 'PRI' ? two : http1).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, address, resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      listener.close(() => resolve());
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}
