import * as https from 'https';
import { AddressInfo } from 'net';
import { TLSSocket } from 'tls';
import { certificateSecrets } from './istiod';

/** A request as it arrived within TLS. */
export interface TlsArrival {
  /** Who the caller asked for in the handshake. */
  readonly serverName: string | false;
  readonly host: string;
  readonly path: string;
}

/** A server outside the cluster that accepts only TLS. */
export interface TlsStub {
  readonly port: number;
  readonly arrivals: TlsArrival[];
  close(): Promise<void>;
}

/** Starts one, with a certificate that is made for it. */
export async function startTlsStub(): Promise<TlsStub> {
  const [{ data }] = await certificateSecrets(['stub/stub']) as unknown as { data: { [file: string]: string } }[];
  const arrivals: TlsArrival[] = [];
  const server = https.createServer({ cert: Buffer.from(data['tls.crt'], 'base64'), key: Buffer.from(data['tls.key'], 'base64') }, (request, response) => {
    const { servername } = request.socket as TLSSocket & { servername: string | false };
    arrivals.push({ serverName: servername, host: request.headers.host ?? '', path: request.url ?? '' });
    response.end('a model');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arrivals,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
