import { deliveryDifferences, responseDifferences } from './delivered';
import { EnvoyRule, secondsOf } from './envoy-routes';
import { Observation } from './observation';
import { BLOCKED, hasStandIn, isPassedOn, isReceiver, isSeen, showResponder, showSeen, subsetLabels } from './responders';
import { Answer, AnswerCase, Outcome, Responder, ResponseHeaders, SeldonResponder } from '../../../../src/answers/answer';
import { isProxy } from '../../../../src/answers/expectations/responder-names';
import { Fraction } from '../../../../src/answers/fraction';
import { ROUTE_HEADER } from '../../../../src/plan/core2-service';
import { MIRRORED_TO } from '../../harness/seldon-envoy';
import { AnswerSet } from '../manifests/set';
import { valuesOf } from '../sending/raw-response';

/** A Service that is not one of the set, which has all that exist. */
const IS_THERE = /there is a Service/;

/** Envoy's choice among objects of the same age: by name, then by namespace. */
export function caseInForce({ cases }: Answer, wanted?: string): AnswerCase {
  const held = cases.filter(({ condition = '' }) => !IS_THERE.test(condition) && (wanted === undefined || condition.includes(wanted)));
  const named = (held.length === 0 ? cases : held).map((each) => ({
    each,
    names: [...(each.condition ?? '').matchAll(/(Gateway|VirtualService) ([^/\s]+)\/(\S+) is the oldest/g)].map(([, , namespace, name]) => `${name} ${namespace}`).join(' '),
  }));
  return named.sort((a, b) => (a.names < b.names ? -1 : Number(a.names > b.names)))[0].each;
}

/** How a prediction differs from what Envoy did. Empty if it does not. */
export function differences(predicted: AnswerCase, seen: Observation): string[] {
  const outcome = predicted.outcomes.find(({ responder, share }) => !share.isNone && isSeen(responder, seen));
  if (outcome === undefined) return [`answer: resolver ${predicted.outcomes.map(showOutcome).join(', ')}; Envoy ${showSeen(seen)}`];
  return [
    ...passageDifferences(outcome, predicted, seen),
    ...arrivalDifferences(outcome, predicted, seen),
    ...mirrorDifferences(predicted, seen),
    ...innerMirrorDifferences(predicted, seen),
    ...fewest(seen.rules.map((rule) => configurationDifferences(predicted, rule, seen))),
  ];
}

/** What is forwarded to the address that a client connects to has no rule and no retries. */
function passageDifferences({ responder }: Outcome, { rule, retries }: AnswerCase, seen: Observation): string[] {
  if (!['service', 'external'].includes(responder.kind) || !isPassedOn(seen)) return [];
  return rule === undefined && retries === undefined ? [] : [`answer: resolver ${showResponder(responder)} by a rule or a Service; Envoy forwards the request to its address`];
}

const showOutcome = ({ share, responder }: Outcome) => `${share.toString()} ${showResponder(responder)}`;

/** Several outcomes may name the same backend, with other headers. */
function arrivalDifferences({ delivered, responder }: Outcome, { outcomes }: AnswerCase, seen: Observation): readonly string[] {
  const { answeredBy, probe } = seen;
  if (answeredBy === undefined) return [];
  const { location } = probe.request.token ?? {};
  if (delivered === undefined) return responder.kind === 'not-found' ? [] : ['the resolver does not tell what arrives'];
  const possible = outcomes.filter((outcome) => isSeen(outcome.responder, seen))
    .map((outcome) => [
      ...outcome.delivered === undefined ? [] : deliveryDifferences(outcome.delivered, answeredBy, location),
      ...responseDifferences(judged(outcome.response, seen), seen.response),
    ]);
  return fewest(possible);
}

/** Without the header of Seldon Core 2 where nothing stands in for it. */
function judged(response: ResponseHeaders | undefined, seen: Observation): ResponseHeaders | undefined {
  if (response === undefined || hasStandIn(seen)) return response;
  return { ...response, added: response.added.filter(({ name }) => name !== ROUTE_HEADER) };
}

/** Mirrors of an Experiment. */
const isInner = ({ place }: AnswerCase['mirrors'][number]) => place.object.kind === 'Experiment';

/** What Seldon Core 2's own Envoy mirrors, as its stand-in tells. */
function innerMirrorDifferences({ mirrors }: AnswerCase, { response, answeredBy }: Observation): string[] {
  if (answeredBy === undefined) return [];
  const [seen] = valuesOf(response, MIRRORED_TO);
  const inner = mirrors.filter(isInner);
  const isSent = inner.some(({ responder, share }) => !share.isNone && (responder as SeldonResponder).name === seen);
  const isPossible = seen === undefined ? !inner.some(({ share }) => share.isAll) : isSent;
  return isPossible ? [] : [`inner mirror: resolver ${inner.map(({ share, responder }) => `${share.toString()} ${showResponder(responder)}`).join(', ') || 'none'}, Seldon ${seen}`];
}

function mirrorDifferences({ mirrors: all, outcomes }: AnswerCase, { mirrored, set, answeredBy, probe }: Observation): string[] {
  const mirrors = all.filter((mirror) => !isInner(mirror));
  const unexpected = mirrored.flatMap((arrival) => {
    const possible = mirrors.filter(({ responder, share }) => !share.isNone && isReceiver(responder, arrival, set));
    if (possible.length === 0) return [`mirror: ${arrival.at.service}:${arrival.at.port} got a request, resolver ${mirrors.map(({ share, responder }) => `${share.toString()} ${showResponder(responder)}`).join(', ') || 'none'}`];
    const found = possible.map(({ delivered }) => deliveryDifferences(delivered, arrival, probe.request.token?.location));
    return found.some((each) => each.length === 0) ? [] : found[0].map((each) => `mirror: ${each}`);
  });
  const isDelivered = answeredBy !== undefined || outcomes.every(({ responder }) => responder.kind === 'unavailable');
  const missing = !isDelivered ? [] : mirrors.filter(({ share, responder }) => share.isAll && responder.kind !== 'unavailable' && !mirrored.some((arrival) => isReceiver(responder, arrival, set)))
    .map(({ responder }) => `mirror: ${showResponder(responder)} got nothing`);
  return [...unexpected, ...missing];
}

/** The differences to what fits best. */
const fewest = (all: readonly (readonly string[])[]): readonly string[] => [...all].sort((a, b) => a.length - b.length)[0] ?? [];

/** What Envoy's configuration has for shares, mirrors, timeouts and retries. */
function configurationDifferences(predicted: AnswerCase, rule: EnvoyRule, { clusters, set }: Observation): string[] {
  const { outcomes, mirrors, timeout, retries } = predicted;
  const { clusters: shares, isOwn, aborted, mirrors: configured } = rule;
  if (outcomes.some(({ responder }) => responder.kind === 'response' && responder.reason.includes('preflight'))) return [];
  // A policy ends requests before their rule does anything.
  if (shares.has('PassthroughCluster') || rule.json.name === BLOCKED || (outcomes.length === 1 && ['denied', 'unauthenticated'].includes(outcomes[0].responder.kind))) return [];
  const nameOf = (cluster: string, responders: readonly Responder[]) => (clusters.has(cluster) ? seldonName(byLabels(cluster, set), responders) : 'unavailable');
  const responders = outcomes.map(({ responder }) => responder);
  const hasCore2 = [...shares.keys()].some(isCore2);
  const wanted = sums(outcomes.map(({ share, responder }) => [hasCore2 && responder.kind === 'not-found' ? CORE2 : clusterOf(responder), share]));
  const seen = sums([
    ['fault', aborted], ...isOwn ? [['proxy', aborted.rest] as const] : [...shares].map(([cluster, share]) => [nameOf(cluster, responders), share.times(aborted.rest)] as const),
  ]);
  const outer = mirrors.filter((mirror) => !isInner(mirror));
  const wantedMirrors = sums(outer.map(({ share, responder }) => [clusterOf(responder), share]));
  // A request without a cluster is not mirrored.
  const present = [...shares].filter(([cluster]) => clusters.has(cluster)).reduce((sum, [, share]) => sum.plus(share), Fraction.NONE);
  const mirrorNames = outer.map(({ responder }) => responder);
  const seenMirrors = sums(configured.map(({ cluster, share }) => [nameOf(cluster, mirrorNames), share.times(aborted.rest).times(present)]));
  const isDelivered = outcomes.some(({ delivered }) => delivered !== undefined);
  const retrying = rule.retries;
  return [
    ...wanted === seen ? [] : [`shares: resolver ${wanted}; Envoy ${seen}`],
    ...wantedMirrors === seenMirrors ? [] : [`mirrors: resolver ${wantedMirrors}; Envoy ${seenMirrors}`],
    ...!isDelivered || secondsOf(timeout) === rule.timeout ? [] : [`timeout: resolver ${timeout}; Envoy ${rule.timeout} s`],
    ...!isDelivered || sameRetries(retries, retrying) ? [] : [`retries: resolver ${JSON.stringify(retries)}; Envoy ${JSON.stringify(retrying)}`],
  ];
}

function sameRetries(wanted: AnswerCase['retries'], seen: { attempts: number; on: string; perTryTimeout?: number } | undefined): boolean {
  if (wanted === undefined || seen === undefined) return wanted === seen;
  const partsOf = (on = '') => on.split(',').filter((part) => part !== '');
  const isSameOn = partsOf(wanted.on).every((part) => partsOf(seen.on).includes(part)) && partsOf(seen.on).every((part) => /^\d+$/.test(part) || partsOf(wanted.on).includes(part));
  return wanted.attempts === seen.attempts && isSameOn && secondsOf(wanted.perTryTimeout) === (seen.perTryTimeout ?? 0);
}

/** All that is behind Seldon Core 2's own Envoy. */
const CORE2 = 'Core 2';

const isCore2 = (cluster: string) => cluster.startsWith('outbound|80||seldon-mesh.');

/** The host of the Service of a predictor or an explainer. */
const core1Host = ({ deployment, name, namespace, kind }: SeldonResponder) => `${deployment}-${name}${kind === 'explainer' ? '-explainer' : ''}.${namespace}.svc.cluster.local`;

/** A cluster as the resolver names what is behind it: by the host alone where it names a predictor. */
function seldonName(cluster: string, responders: readonly Responder[]): string {
  if (isCore2(cluster)) return CORE2;
  const host = cluster.split('|')[3];
  return responders.some((each) => (each.kind === 'predictor' || each.kind === 'explainer') && core1Host(each) === host) ? host : cluster;
}

/**
 * What Envoy chose for a request, as `choiceOf` names what a rule may choose: the cluster, which its log names. The pod that answers is not enough,
 * since the pods of a subset belong to the Service as a whole, too.
 */
export function chosenFor({ line, set, clusters }: Observation, among: readonly Responder[]): string | undefined {
  const cluster = line?.cluster?.replace(';', '');
  return cluster === undefined || !clusters.has(cluster) ? undefined : seldonName(byLabels(cluster, set), among);
}

/** Envoy's cluster for a backend; undefined for what a proxy answers. */
export const choiceOf = (responder: Responder) => (isProxy(responder) ? undefined : clusterOf(responder));

/** A cluster with the labels of its subset instead of its name: those with the same labels are the same for the resolver. */
function byLabels(cluster: string, set: AnswerSet): string {
  const [direction, port, subset, host] = cluster.split('|');
  const service = host.replace(/\.svc\.cluster\.local$/, '');
  return subset === '' ? cluster : [direction, port, JSON.stringify(subsetLabels(set, service, subset)), host].join('|');
}

/** Envoy's name for the cluster of a responder, with labels instead of the name of a subset. */
function clusterOf(responder: Responder): string {
  switch (responder.kind) {
    case 'service': {
      const { labels } = responder.subset ?? {};
      const cluster = `outbound|${responder.port}|${labels === undefined ? '' : JSON.stringify(labels)}|${responder.host}`;
      return isCore2(cluster) ? CORE2 : cluster;
    }
    case 'external': return `outbound|${responder.port}||${responder.host}`;
    case 'model':
    case 'pipeline': return CORE2;
    case 'predictor':
    case 'explainer': return core1Host(responder);
    case 'redirect':
    case 'response': return 'proxy';
    default: return responder.kind;
  }
}

function sums(shares: readonly (readonly [key: string, share: Fraction])[]): string {
  const found = new Map<string, Fraction>();
  for (const [key, share] of shares) if (!share.isNone) found.set(key, (found.get(key) ?? Fraction.NONE).plus(share));
  return [...found].map(([key, share]) => `${share.toString()} ${key}`).sort().join(', ');
}
