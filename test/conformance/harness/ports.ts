import * as net from 'net';

// Below the range from which the kernel takes the ports of outgoing connections: a port found free here
// is not used by a client a moment later, before the tool listens on it.
const FIRST = 10_000;
const LAST = 32_000;

/** Ports that are given to one process. Envoys share a port without an error, so that another run could answer requests of this one. */
const BLOCK = 100;

/** So many blocks are enough: the ports of worlds that have ended are given out again. */
const MOST_BLOCKS = 40;

const claims: net.Server[] = [];
let [rest, claimed]: number[][] = [[], []];

/** Listens on a port; undefined if something else does. */
function listen(port: number): Promise<net.Server | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  return server !== undefined;
}

/** Takes a block for this process by listening on its first port. */
async function claimBlock(): Promise<number[]> {
  for (;;) {
    const first = FIRST + BLOCK * Math.floor(Math.random() * ((LAST - FIRST) / BLOCK));
    const claim = await listen(first);
    if (claim === undefined) continue;
    claim.unref();
    claims.push(claim);
    return Array.from({ length: BLOCK - 1 }, (_, i) => first + 1 + i);
  }
}

async function morePorts(): Promise<number[]> {
  if (claims.length >= MOST_BLOCKS) return claimed;
  const block = await claimBlock();
  claimed.push(...block);
  return block;
}

/** A loopback port that nothing listens on, and that no other process is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    if (rest.length === 0) rest.push(...await morePorts());
    const port = rest.pop()!;
    if (await isFree(port)) return port;
  }
}

/** Gives back all ports. */
export function releasePorts(): void {
  [rest, claimed] = [[], []];
  for (const claim of claims.splice(0)) claim.close();
}
