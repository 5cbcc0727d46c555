import { OutgoingHttpHeaders } from 'http2';
import { Http1Sender, Target } from './http1';
import { Http2Sender } from './http2';
import { RawResponse } from './raw-response';
import { Request } from '../../../../src/answers/request';
import { REQUEST_ID } from '../../harness/envoy';

const BODIES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Sends requests exactly as they are written, over both versions of HTTP. */
export class Sender {
  private readonly http1 = new Http1Sender();
  private readonly http2 = new Http2Sender();

  /** Sends a request with an id by which its arrivals are found. */
  public send(target: Target, request: Request, id: string): Promise<RawResponse> {
    return request.http === '2' ? this.http2.send(target, framesOf(request, id)) : this.http1.send(target, bytesOf(request, id), request.method === 'HEAD');
  }

  /** Closes all connections. */
  public close(): void {
    this.http1.close();
    this.http2.close();
  }
}

const targetOf = ({ path, query }: Request) => (query === undefined ? path : `${path}?${query}`);

/** The lines of a request of HTTP/1. */
export function bytesOf(request: Request, id: string): Buffer {
  const { http, method, authority, headers, hasNoHost = false } = request;
  const lines = [
    `${method} ${targetOf(request)} HTTP/${http}`, ...hasNoHost ? [] : [`Host: ${authority}`], `${REQUEST_ID}: ${id}`,
    ...headers.map(({ name, value }) => `${name}: ${value}`), ...BODIES.has(method) ? ['content-length: 0'] : [],
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
}

function framesOf(request: Request, id: string): OutgoingHttpHeaders {
  const { method, authority, headers, entry } = request;
  const lines: Record<string, string | string[]> = {
    ':method': method, ':path': targetOf(request), ':authority': authority, ':scheme': entry.kind === 'gateway' && entry.tls !== undefined ? 'https' : 'http', [REQUEST_ID]: id,
  };
  for (const { name, value } of headers) {
    const known = lines[name];
    lines[name] = known === undefined ? value : [...[known].flat(), value];
  }
  return lines;
}
