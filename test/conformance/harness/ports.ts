import * as net from 'net';

// Below the range from which the kernel takes the ports of outgoing connections: a port found free here
// is not used by a client a moment later, before the tool listens on it.
const FIRST = 10_000;
const LAST = 32_000;

const given = new Set<number>();

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A loopback port that nothing listens on, and that is given out only once in this process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (!given.has(port) && await isFree(port)) {
      given.add(port);
      return port;
    }
  }
}
