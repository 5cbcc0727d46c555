import * as http2 from 'http2';
import { connect, Target } from './http1';
import { RawResponse } from './raw-response';

/** Node joins repeated headers, except in its raw list of names and values. */
function linesOf(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, i): [string, string] => [raw[2 * i].toLowerCase(), raw[2 * i + 1]]).filter(([name]) => !name.startsWith(':'));
}

const DEADLINE_MS = 60_000;

/** Sends requests of HTTP/2, over sessions that are kept. */
export class Http2Sender {
  private readonly sessions = new Map<string, http2.ClientHttp2Session>();

  /** Sends one request and reads its response. */
  public send(target: Target, headers: http2.OutgoingHttpHeaders): Promise<RawResponse> {
    return new Promise((resolve) => {
      let settled = false;
      const finish = (response: RawResponse) => {
        if (!settled) resolve(response);
        settled = true;
      };
      const fail = (error: Error) => finish({ headers: [], body: '', error: error.message });
      const session = this.session(target);
      session.once('error', fail);
      const closed = () => finish({ headers: [], body: '', error: 'closed' });
      session.once('close', closed);
      const stream = session.request(headers, { endStream: true });
      const chunks: Buffer[] = [];
      let status: number | undefined;
      let lines: RawResponse['headers'] = [];
      stream.setTimeout(DEADLINE_MS, () => stream.close());
      stream.on('response', (head, _flags, raw?: readonly string[]) => {
        status = head[':status'];
        lines = linesOf(raw ?? []);
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', fail);
      stream.once('close', () => {
        session.removeListener('error', fail);
        session.removeListener('close', closed);
        finish(status === undefined ? { headers: [], body: '', error: `reset with code ${stream.rstCode}` } : { status, headers: lines, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
  }

  /** Closes all sessions. */
  public close(): void {
    for (const session of this.sessions.values()) session.destroy();
    this.sessions.clear();
  }

  private session(target: Target): http2.ClientHttp2Session {
    const key = JSON.stringify(target);
    const known = this.sessions.get(key);
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const session = http2.connect(`${target.tls === undefined ? 'http' : 'https'}://127.0.0.1:${target.port}`, { createConnection: () => connect(target, 'h2') });
    session.setMaxListeners(100);
    session.on('error', () => this.sessions.delete(key));
    session.on('goaway', () => this.sessions.delete(key));
    this.sessions.set(key, session);
    return session;
  }
}
