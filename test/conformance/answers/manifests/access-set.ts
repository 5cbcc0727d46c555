import { randomAction } from './actions';
import { randomMatch } from './matches';
import { gatewayOf, http } from './raw-set';
import { AnswerSet, gatewayPods, Names } from './set';
import { networking } from './virtual-services';
import { policySets } from '../../generator/access-policies';
import { plain, Random } from '../random';

const HOSTS = ['x.test', '*.x.test', 'y.test', '*'];

/** A match that only requests with some token satisfy. */
const claimMatch = (random: Random) => ({
  [random.pick(['@request.auth.claims.groups', '@request.auth.claims[groups]', '@request.auth.claims[realm_access][roles]', '@request.auth.claims.sub', '@request.auth.claims.scope'])]:
    random.pick([{ exact: 'risk' }, { prefix: 'r' }, { exact: 'tester' }, { exact: 'alice' }, { regex: 'r.*' }, { exact: 'read' }]),
});

function rule(random: Random, names: Names, name: string): object {
  const place = { hosts: HOSTS, ports: [names.port], gateways: [`edge${names.index}/gw`], namespaces: [names.a, names.b] };
  const match = random.maybe(0.8, () => {
    const { headers, ...others } = randomMatch(random, place) as { readonly headers?: object };
    return [random.chance(0.4) ? { ...others, [random.chance(0.85) ? 'headers' : 'withoutHeaders']: claimMatch(random) } : { ...others, headers }];
  });
  return plain({ name, match, ...randomAction(random, names, names.a) });
}

/** Policies and rules about tokens at pods of a gateway that no other set has, and routes behind them. */
export function accessSet(seed: number, index: number): AnswerSet {
  const random = new Random(seed);
  const names = new Names(index);
  const labels = { istio: `secured-${index}` };
  // Away from the Services, whose pods would enforce policies for all pods of a namespace, too.
  const namespace = `edge${index}`;
  const pods = { namespace, labels };
  const [{ policies }] = policySets(seed, 1, pods);
  const gateway = gatewayOf('gw', namespace, labels, [http(names.port, ['*'])]);
  const hosts = random.some(HOSTS, 1, 2);
  const manifests = [
    gateway, ...policies.filter(({ metadata }) => metadata.namespace === namespace),
    ...hosts.map((host, i) => networking('VirtualService', `routes-${i}`, names.a, {
      hosts: [host], gateways: [`${namespace}/gw`], http: random.list(1, 3, (k) => rule(random, names, `${index}-${i}-${k}`)),
    }, '2026-01-01T00:00:00Z')),
  ];
  return {
    seed,
    index,
    kind: 'policies',
    manifests,
    // The namespace of pods decides which policies apply to them.
    readByResolver: [...manifests, gatewayPods('secured', namespace, labels)],
    services: names.services,
    absent: [`absent.${names.a}`, `absent.${names.b}`],
    entryPoints: [{ kind: 'gateway', proxy: `istio=${labels.istio}`, port: names.port, hosts: ['x.test', 'y.test', 'a.x.test'] }],
    settings: {},
  };
}
