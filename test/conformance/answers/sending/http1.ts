import * as net from 'net';
import * as tls from 'tls';
import { RawResponse } from './raw-response';

/** Where bytes are sent to. */
export interface Target {
  readonly port: number;
  /** Undefined without TLS. */
  readonly tls?: {
    /** No server name is sent if undefined. */
    readonly serverName?: string;
    readonly certificate?: string;
    readonly key?: string;
  };
}

const HEAD_END = Buffer.from('\r\n\r\n');
const DEADLINE_MS = 60_000;
const LATE = 'no response in time';

/** Opens a connection; `alpn` names the version of HTTP. */
export function connect({ port, tls: secure }: Target, alpn: 'http/1.1' | 'h2'): net.Socket {
  if (secure === undefined) return net.connect({ host: '127.0.0.1', port });
  const { serverName, certificate: cert, key } = secure;
  return tls.connect({ host: '127.0.0.1', port, servername: serverName ?? '', cert, key, rejectUnauthorized: false, ALPNProtocols: [alpn] });
}

/** Writes requests of HTTP/1.1 byte by byte, over connections that are kept. */
export class Http1Sender {
  private readonly idle = new Map<string, net.Socket[]>();

  /** Sends one request and reads its response. */
  public async send(target: Target, bytes: Buffer, isHead: boolean): Promise<RawResponse> {
    const key = JSON.stringify(target);
    const known = this.idle.get(key)?.pop();
    const first = await this.exchange(known ?? connect(target, 'http/1.1'), key, bytes, isHead);
    // A proxy may close an idle connection at any time.
    return known !== undefined && first.status === undefined && first.error !== LATE ? this.exchange(connect(target, 'http/1.1'), key, bytes, isHead) : first;
  }

  /** Closes all connections. */
  public close(): void {
    for (const sockets of this.idle.values()) sockets.forEach((socket) => socket.destroy());
    this.idle.clear();
  }

  private exchange(socket: net.Socket, key: string, bytes: Buffer, isHead: boolean): Promise<RawResponse> {
    return new Promise((resolve) => {
      let received = Buffer.alloc(0);
      const finish = (response: RawResponse, keep: boolean) => {
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        if (keep) {
          this.idle.set(key, [...this.idle.get(key) ?? [], socket]);
        } else {
          socket.destroy();
        }
        resolve(response);
      };
      const fail = (error: string) => finish({ headers: [], body: '', error }, false);
      socket.setTimeout(DEADLINE_MS, () => fail(LATE));
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const read = readResponse(received, isHead, false);
        if (read !== undefined) finish(read, !closes(read));
      });
      socket.once('error', (error) => fail(error.message));
      socket.once('close', () => {
        const read = readResponse(received, isHead, true);
        if (read === undefined) fail('closed');
        else finish(read, false);
      });
      socket.write(bytes);
    });
  }
}

const closes = ({ headers }: RawResponse) => headers.some(([name, value]) => name === 'connection' && value.toLowerCase() === 'close');

function readResponse(received: Buffer, isHead: boolean, isClosed: boolean): RawResponse | undefined {
  const end = received.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [statusLine, ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  const status = Number(statusLine.split(' ')[1]);
  const rest = received.subarray(end + HEAD_END.length);
  const of = (name: string) => headers.find(([each]) => each === name)?.[1];
  const done = (body: Buffer) => ({ status, headers, body: body.toString('utf8') });
  if (isHead || status === 204 || status === 304) return done(Buffer.alloc(0));
  if (of('transfer-encoding') === 'chunked') {
    const body = readChunks(rest);
    return body === undefined ? undefined : done(body);
  }
  const length = of('content-length');
  if (length === undefined) return isClosed ? done(rest) : undefined;
  return rest.length < Number(length) ? undefined : done(rest.subarray(0, Number(length)));
}

function readChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
