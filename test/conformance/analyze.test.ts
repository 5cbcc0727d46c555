import { rawManifests } from './generator/raw-manifests';
import { count } from './harness/figures';
import { analyzeFiles, Message } from './harness/istioctl';
import { Manifest } from './harness/manifests';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { JsonObject } from '../../src/cluster/json';
import { RULES } from '../../src/rules/all';
import { findingsOf } from '../../src/rules/run';

// Random manifests that refer to each other, often wrongly. Whatever `istioctl analyze` reports about an object, a rule with the same code
// reports too, except for the reasons below.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const [SETS, SEED] = [DEEP ? 3_000 : 150, Number(process.env.CONFORMANCE_SEED ?? 1)];
const TIMEOUT = DEEP ? 3_600_000 : 300_000;

/** A message of istioctl that no rule repeats. */
interface Reason {
  readonly code: string;
  readonly text: RegExp;
  /** Why. */
  readonly why: string;
  /** Whether it applies; always if undefined. `text` is the match of the message. */
  readonly applies?: (manifests: readonly Manifest[], text: RegExpMatchArray, origin: Manifest) => boolean;
}

const inNamespace = (kind: string, namespace: string | undefined) => (each: Manifest) => each.kind === kind && each.metadata.namespace === namespace;

const REASONS: readonly Reason[] = [
  {
    code: 'IST0101',
    text: /^Referenced gateway not found: "(?:([^/"]*)\/)?[^"]*"/,
    why: 'no Gateway of the namespace is among the objects, so it is not known which exist',
    applies: (manifests, [, namespace], origin) => !manifests.some(inNamespace('Gateway', namespace ?? origin.metadata.namespace)),
  },
  {
    code: 'IST0101',
    text: /^Referenced (?:host|mirror)\+subset in destinationrule not found: "([^+"]*)\+([^"]*)"/,
    why: 'no object for the host is known, or a DestinationRule for a wildcard defines the subset',
    applies: (manifests, [, host, subset], origin) => !isKnownHost(manifests, host, origin) || wildcardDefines(manifests, host, subset),
  },
  {
    code: 'IST0132',
    text: / not found in Gateway ([^/ ]*)\/(.*)\.$/,
    why: 'the Gateway is not among the objects, which another rule reports',
    applies: (manifests, [, namespace, name]) => !manifests.filter(inNamespace('Gateway', namespace)).some(({ metadata }) => metadata.name === name),
  },
  { code: 'IST0128', text: /no caCertificates are set/, why: 'proxies verify servers with the authorities of their operating system then' },
  {
    code: 'IST0133',
    text: /will deny all traffic to TCP ports/,
    why: 'no pods with a TCP port are known',
    applies: (manifests) => !manifests.some(({ kind, spec }) => kind === 'Service' && JSON.stringify(spec).includes('"tcp')),
  },
  {
    code: 'IST0138',
    text: /^Duplicate certificate in multiple gateways/,
    why: 'the servers have a host in common, which another rule reports',
  },
  {
    code: 'IST0131',
    text: /is not used/,
    why: 'the earlier match has a condition on the method, which istioctl leaves out',
    applies: (_manifests, _text, origin) => JSON.stringify(origin.spec).includes('"method"'),
  },
];

function isKnownHost(manifests: readonly Manifest[], host: string, origin: Manifest): boolean {
  const [name, namespace = origin.metadata.namespace] = host.replace(/\.svc\.cluster\.local$/, '').split('.');
  return manifests.filter(inNamespace('Service', namespace)).some(({ metadata }) => metadata.name === name)
    || manifests.some(({ kind, spec }) => kind === 'ServiceEntry' && (spec as { hosts: string[] }).hosts.includes(host));
}

function wildcardDefines(manifests: readonly Manifest[], host: string, subset: string): boolean {
  return manifests.some(({ kind, spec }) => {
    if (kind !== 'DestinationRule') return false;
    const { host: pattern, subsets } = spec as { readonly host: string; readonly subsets: readonly { readonly name: string }[] };
    return pattern.startsWith('*.') && host.endsWith(pattern.slice(1)) && subsets.some(({ name }) => name === subset);
  });
}

const CODES = new Map(RULES.map(({ id, codes = [] }) => [id, codes]));

/** What our rules report, as codes of istioctl with objects. */
function ownCodes(manifests: readonly Manifest[]): ReadonlySet<string> {
  const findings = findingsOf(new Cluster(manifests.map((manifest) => new ClusterObject(manifest as unknown as JsonObject, { file: 'manifests.yaml' }))), RULES);
  return new Set(findings.flatMap((finding) => [finding, ...finding.related].flatMap(({ kind, namespace, name }) => (
    CODES.get(finding.rule)!.map((code) => `${code} ${kind} ${namespace}/${name}`)
  ))));
}

function reasonFor({ code, message }: Message, origin: Manifest, manifests: readonly Manifest[]): Reason | undefined {
  return REASONS.find((reason) => {
    const text = reason.code === code ? reason.text.exec(message) : null;
    return text !== null && (reason.applies?.(manifests, text, origin) ?? true);
  });
}

test('rules report what istioctl reports', async () => {
  const [missed, needed] = [[] as string[], new Set<Reason>()];
  let repeated = 0;
  for (let seed = SEED * 100_000; seed < SEED * 100_000 + SETS; seed++) {
    const manifests = rawManifests(seed);
    const own = ownCodes(manifests);
    for (const message of await analyzeFiles(manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'))) {
      const [kind, name] = message.origin!.split(' ');
      if (own.has(`${message.code} ${kind} ${name}`)) {
        repeated += 1;
        continue;
      }
      const origin = manifests.find((each) => each.kind === kind && `${each.metadata.namespace}/${each.metadata.name}` === name)!;
      const reason = reasonFor(message, origin, manifests);
      if (reason === undefined) missed.push(`set ${seed}: ${message.code} ${kind} ${name}: ${message.message}`);
      else needed.add(reason);
    }
  }
  count('messages of istioctl that rules repeat', repeated);
  expect(missed).toEqual([]);
  expect(repeated).toBeGreaterThan(SETS);
  if (DEEP) expect(REASONS.filter((reason) => !needed.has(reason))).toEqual([]);
}, TIMEOUT);
