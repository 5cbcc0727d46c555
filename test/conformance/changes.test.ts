import { changedRoutes, ChangedRoutes } from './generator/changed-routes';
import { rawRequests, rawRoutes } from './generator/raw-routes';
import { RestRequest } from './harness/clients';
import { count } from './harness/figures';
import { Manifest, parse } from './harness/manifests';
import { isRawHttp1, PrintedAnswer, PrintedCommands } from './harness/printed';
import { Exchange, startWorld, World } from './harness/world';
import { Answer, ProxyResponder, Responder } from '../../src/answers/answer';
import { WrittenCommand } from '../../src/answers/command-line/write-command';
import { Request } from '../../src/answers/request';
import { trafficReport } from '../../src/cli/diff';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { Change } from '../../src/proofs/change';
import { Comparison, compareTraffic } from '../../src/proofs/comparison';

// Pairs of VirtualServices before and after a change, each behind a port of its own. Envoy answers the examples of all changes as they state, and no
// other request is answered differently unless some change is found. The printed commands of all examples are run, too.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const [PAIRS, SEED] = [DEEP ? 300 : 60, Number(process.env.CONFORMANCE_SEED ?? 1)];
const PAIRS_OF_WORLD = 30;
const REQUESTS_OF_PAIR = 40;
const FIRST_PORT = 2_000;
const TIMEOUT = DEEP ? 3_600_000 : 600_000;

const ALL_REQUESTS = rawRequests();

interface Compared {
  readonly pair: ChangedRoutes;
  readonly comparison: Comparison;
}

function clusterOf(manifests: readonly Manifest[]): Cluster {
  return new Cluster(manifests.map((manifest) => new ClusterObject(manifest, { file: 'raw.yaml' })));
}

function asRest({ authority, path, query, method, headers }: Request, port: number): RestRequest {
  const lines: { [name: string]: string[] } = {};
  for (const { name, value } of headers) (lines[name] ??= []).push(value);
  return { rest: query === undefined ? path : `${path}?${query}`, host: authority, method, headers: lines, port };
}

/** Envoy answers gRPC calls with status 200, and with that of gRPC in a header. */
function seen({ answeredBy, response }: Exchange): string {
  if (answeredBy === undefined && response.headers['grpc-status'] === '12') return 'status 404';
  return answeredBy === undefined ? `status ${response.status}` : `${answeredBy.at.service}:${answeredBy.at.port}`;
}

/** Calls without a route are shown as `seen` shows them. */
function statusOf({ status, grpcStatus }: Pick<ProxyResponder, 'status' | 'grpcStatus'>): number | undefined {
  return grpcStatus === 'UNIMPLEMENTED' ? 404 : status;
}

/** All answers that are possible. */
function predicted({ cases }: Answer): readonly string[] {
  const nameOf = (responder: Responder) => (responder.kind === 'service' ? `${responder.host.replace('.svc.cluster.local', '')}:${responder.port}`
    : `status ${'status' in responder ? statusOf(responder) : ''}`);
  return cases.flatMap(({ outcomes }) => outcomes.map(({ responder }) => nameOf(responder)));
}

/** Both ports get the same request. */
function onBoth(request: Request | RestRequest, { port, otherPort }: ChangedRoutes): readonly RestRequest[] {
  return 'rest' in request ? [{ ...request, port }, { ...request, port: otherPort }] : [asRest(request, port), asRest(request, otherPort)];
}

test('Envoy answers examples of changes as they state, and all other requests as before', async () => {
  const pairs = rawRoutes(SEED, PAIRS, FIRST_PORT).map((set, i) => changedRoutes(set, FIRST_PORT + PAIRS + i));
  const wrong: string[] = [];
  let [examples, equivalent, undecided] = [0, 0, 0];
  for (let i = 0; i < pairs.length; i += PAIRS_OF_WORLD) {
    const some = pairs.slice(i, i + PAIRS_OF_WORLD);
    const world = await startWorld(some.flatMap(({ before, moved }) => [...before, ...moved]));
    try {
      expect(await world.rejected()).toEqual([]);
      const compared = some.map((pair): Compared => ({ pair, comparison: compareTraffic(clusterOf(pair.before), clusterOf(pair.after)) }));
      const changes = compared.flatMap(({ pair, comparison }) => [...comparison.changes, ...comparison.repeated].map((change) => ({ pair, change })));
      const replayed = await world.sendAll(changes.flatMap(({ pair, change }) => onBoth(change.witness, pair)));
      changes.forEach(({ pair, change }, k) => wrong.push(...mistakes(pair, change, seen(replayed[2 * k]), seen(replayed[2 * k + 1]))));
      const asPrinted = changes.map(({ pair, change }) => ({ pair, change, command: commandFor(pair, change) }));
      wrong.push(...await mistakesOfPrinted(world, asPrinted));
      const others = compared.flatMap((each) => Array.from({ length: REQUESTS_OF_PAIR }, (_, k) => {
        const { host, path, method, headers } = ALL_REQUESTS[(each.pair.port * 7919 + k * 104_729) % ALL_REQUESTS.length];
        return { ...each, request: { rest: path, host, method, headers } as RestRequest };
      }));
      const asked = await world.sendAll(others.flatMap(({ pair, request }) => onBoth(request, pair)));
      others.forEach(({ pair, comparison, request }, k) => {
        const [before, after] = [seen(asked[2 * k]), seen(asked[2 * k + 1])];
        if (before !== after && comparison.changes.length + comparison.undecided.length === 0) {
          wrong.push(`port ${pair.port}: ${JSON.stringify(request)} got ${before}, then ${after}, and no change was found`);
        }
      });
      examples += changes.length;
      equivalent += compared.filter(({ comparison: { changes: found, repeated, undecided: open } }) => (
        found.length + repeated.length + open.length === 0
      )).length;
      undecided += compared.filter(({ comparison }) => comparison.undecided.length > 0).length;
    } finally {
      await world.close();
    }
  }
  count('pairs of routes', pairs.length);
  count('examples of changes shown by Envoy', examples);
  count('pairs that are equivalent', equivalent);

  expect(wrong.slice(0, 10)).toEqual([]);
  expect(undecided).toBeLessThanOrEqual(PAIRS / 100);
  expect(examples).toBeGreaterThan(PAIRS);
}, TIMEOUT);

/** An example must get one of the answers that its change states, before and after. */
function mistakes(
  { port }: Pick<ChangedRoutes, 'port'>, { witness, before, after }: Change, was: string, is: string, request: string = JSON.stringify(asRest(witness, port)),
): readonly string[] {
  return [
    ...predicted(before).includes(was) ? [] : [`port ${port}: ${request} got ${was} before, predicted ${predicted(before).join(' or ')}`],
    ...predicted(after).includes(is) ? [] : [`port ${port}: ${request} got ${is} after, predicted ${predicted(after).join(' or ')}`],
  ];
}

/** An example with its command. */
interface Printed {
  readonly pair: Pick<ChangedRoutes, 'port' | 'otherPort'>;
  readonly change: Change;
  readonly command: WrittenCommand;
}

function commandFor({ before, after }: Pick<ChangedRoutes, 'before' | 'after'>, change: Change): WrittenCommand {
  return trafficReport({ name: '', before: clusterOf(before), after: clusterOf(after) }, false, {}).commandFor(change);
}

const AT_ONCE = 8;

/** Requests of HTTP/2 that neither program can send are sent by the client of the test only. */
async function mistakesOfPrinted(world: World, all: readonly Printed[]): Promise<readonly string[]> {
  const commands = new PrintedCommands();
  const sent = all.filter(({ command: { kind, text } }) => kind !== 'raw' || isRawHttp1(text));
  const found: string[] = [];
  for (let i = 0; i < sent.length; i += AT_ONCE) {
    found.push(...(await Promise.all(sent.slice(i, i + AT_ONCE).map(async ({ pair, change, command }, k) => {
      const [was, is] = await Promise.all([pair.port, pair.otherPort].map(async (port) => {
        const id = `printed-${port}-${i + k}`;
        return seenBy(world, await commands.send(command, world.gatewayPort(port), id), id);
      }));
      return mistakes(pair, change, was, is, command.text);
    }))).flat());
  }
  const numberOf = (kind: WrittenCommand['kind']) => sent.filter(({ command }) => command.kind === kind).length;
  count('examples sent with curl as printed', numberOf('curl'));
  count('examples sent with grpcurl as printed', numberOf('grpcurl'));
  count('raw examples sent as printed', numberOf('raw'));
  count('examples of HTTP/2 that no program can send', all.length - sent.length);
  return found;
}

function seenBy(world: World, { serial, status, grpcStatus, text }: PrintedAnswer, id: string): string {
  const arrival = serial === undefined ? undefined : world.received.of(id).find((each) => each.serial === serial);
  if (arrival !== undefined) return `${arrival.at.service}:${arrival.at.port}`;
  if (grpcStatus === 12) return 'status 404';
  return status === undefined ? `no answer: ${text}` : `status ${status}`;
}

test('printed calls of gRPC are those that the changes state', async () => {
  const routes = (port: number, ...rules: readonly string[]) => parse(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: grpc-${port}, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: ${port}, name: http-${port}, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: calls-${port}, namespace: models }
spec: { hosts: ['h.test'], gateways: [istio-system/grpc-${port}], http: [${rules.join(', ')}] }
`);
  const rule = (match: string, name: string) => `{ match: [${match}], route: [{ destination: { host: ${name}.models.svc.cluster.local, port: { number: 9000 } } }] }`;
  const CALLS = '{ prefix: /inference.GRPCInferenceService/ }';
  const iris = rule(`{ uri: ${CALLS}, headers: { seldon-model: { exact: iris } } }`, 'one');
  const [before, after] = [(port: number) => routes(port, iris, rule(`{ uri: ${CALLS} }`, 'two')), (port: number) => routes(port, rule(`{ uri: ${CALLS} }`, 'two'),
    rule('{ uri: { prefix: /other.Service/ } }', 'one'))];
  const [port, otherPort] = [4_000, 4_001];
  const services = ['one', 'two'].map((name) => ({ name, namespace: 'models', ports: [{ name: 'grpc', number: 9000 }] }));
  const world = await startWorld([...before(port), ...after(otherPort)], { services });
  try {
    expect(await world.rejected()).toEqual([]);
    const pair = { before: before(port), after: after(port) };
    const { changes, undecided } = compareTraffic(clusterOf(pair.before), clusterOf(pair.after));
    expect(undecided).toEqual([]);
    const printed = changes.map((change): Printed => ({ pair: { port, otherPort }, change, command: commandFor(pair, change) }));
    expect(printed.map(({ command: { kind } }) => kind)).toEqual(expect.arrayContaining(['grpcurl', 'curl']));
    expect(await mistakesOfPrinted(world, printed)).toEqual([]);
  } finally {
    await world.close();
  }
}, TIMEOUT);
