import { Alternative, partOf } from './alternatives';
import { podsAt } from './pods-at';
import { targetPort } from './target-port';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { envoyOf, EnvoyRelease } from '../../cluster/envoy-release';
import { Forwarding, forwardingTo } from '../../cluster/port-forwarding';
import { ProxyFilters, ProxyPart } from '../../cluster/proxy-filters';
import { ServicePort, Services, Workload } from '../../cluster/services';
import { CORE2_SERVICE } from '../../plan/core2-service';
import { groupBy } from '../../plan/groups';
import { podsKey } from '../../plan/pod-selectors';
import { AccessPolicies } from '../access/access-policies';
import { AccessCheck } from '../access-check';
import { DeliveredRequest, Outcome, ProxyResponder, ResponseHeaders, SeldonResponder, Step } from '../answer';
import { Delivery } from '../delivery/deliver';
import { localReply } from '../delivery/local-reply';
import { Destination } from '../destinations/destinations';
import { NormalRequest, Peer } from '../normal-request';
import { hostName } from '../receiving/host-name';
import { normalPath } from '../receiving/normal-path';
import { RequestHeaders } from '../request-headers';
import { Core1Predictors } from '../seldon/core1-predictors';
import { Core2Table } from '../seldon/core2-table';
import { onlyArm, secondHop } from '../seldon/second-hop';

/** The port of `seldon-mesh` that serves models. */
const CORE2_PORT = 80;

/** Receives a step of a trace. */
type AddStep = (step: Step) => void;

/** Whether a sidecar lets a request pass, under a condition. */
interface Admission {
  readonly condition?: string;
  readonly refused?: ProxyResponder;
}

/** Pods of a destination with the same labels, and their policies. */
interface CheckedPods {
  /** The pods as conditions name them. */
  readonly name: string;
  readonly check: AccessCheck;
  /** The port at which they receive the request. */
  readonly port: number | undefined;
}

/** What happens at a destination beyond that its pods answer. */
interface ArrivalSteps {
  readonly pods: readonly CheckedPods[];
  /** Whether it is HTTP/2 there; undefined if the protocol is detected. */
  readonly usesHttp2: boolean | undefined;
  /** The routes of Seldon Core 2, if its Envoy is there. */
  readonly core2: Core2Table | undefined;
  readonly predictor: SeldonResponder | undefined;
}

/**
 * What happens to requests where they arrive: policies of sidecars, Seldon Core 2's own Envoy, and the predictors of Seldon Core 1.
 *
 * @internal
 */
export class Arrivals {
  private readonly steps = new WeakMap<Destination, ArrivalSteps | 'none'>();
  private readonly filters: ProxyFilters;

  constructor(private readonly cluster: Cluster, private readonly policies: AccessPolicies) {
    this.filters = ProxyFilters.of(cluster);
  }

  /** The filters of the sidecars there. */
  public filtersAt(destinations: Delivery['destinations']): readonly ClusterObject[] {
    if (this.filters.isEmpty) return NO_FILTERS;
    return [...new Set(destinations.flatMap((destination) => (destination === undefined ? [] : podsAt(this.cluster, destination)))
      .flatMap((pods) => this.filters.at(pods, ProxyPart.INBOUND)))];
  }

  /** Whether anything happens there. Otherwise its pods answer. */
  public hasSteps(destination: Destination): boolean {
    return this.stepsOf(destination) !== 'none';
  }

  /**
   * What becomes of a part of the requests.
   *
   * @param outcome The part, and what is delivered.
   * @param request The request as the proxy before received it.
   * @param peer That proxy.
   * @param trace Receives the steps, if they are asked for.
   */
  public arrive(destination: Destination, outcome: Outcome, request: NormalRequest, peer: Peer, trace?: AddStep): readonly Alternative[] {
    const steps = this.stepsOf(destination);
    if (steps === 'none' || outcome.delivered === undefined) return [{ outcomes: [outcome], mirrors: [] }];
    if (steps.pods.length === 0) return this.answered(steps, outcome, undefined, trace);
    return this.admitted(steps, outcome, request, peer, trace).flatMap(({ condition, refused }): readonly Alternative[] => {
      if (refused === undefined) return this.answered(steps, outcome, condition, trace);
      const { delivered: _delivered, ...rest } = outcome;
      return [{ condition, outcomes: [{ ...rest, responder: refused }], mirrors: [] }];
    });
  }

  /**
   * What becomes of a part of the requests without policies, conditions and mirrors; undefined if it is not that simple.
   *
   * @param outcome The part, and what is delivered.
   */
  public arriveSimply(destination: Destination | undefined, outcome: Outcome): Outcome | undefined {
    const steps = destination === undefined ? 'none' : this.stepsOf(destination);
    const { delivered, share, response } = outcome;
    if (steps === 'none' || delivered === undefined) return outcome;
    if (steps.pods.length > 0) return undefined;
    if (steps.predictor !== undefined) return { ...outcome, responder: steps.predictor };
    if (steps.core2 === undefined) return outcome;
    const arm = onlyArm(steps.core2, delivered);
    if (arm === undefined) return undefined;
    const changed = response === undefined ? arm.response : joinedResponse(arm.response, response);
    return { share: share.times(arm.share), responder: arm.responder, delivered, response: changed };
  }

  private admitted(
    { pods, usesHttp2 }: ArrivalSteps, { delivered }: Outcome, request: NormalRequest, peer: Peer, trace: AddStep | undefined,
  ): readonly Admission[] {
    const http = usesHttp2 ?? (peer.kind === 'gateway' ? false : request.http === '2') ? '2' : '1.1';
    const verdicts = pods.map(({ name, check, port }) => {
      const arriving = received(delivered!, request, peer, port, { http, envoy: envoyOf(this.cluster) });
      return { name, verdict: check.check(arriving), headers: arriving.headers };
    });
    for (const { verdict } of verdicts) if (trace !== undefined) verdict.steps().forEach(trace);
    const cases = verdicts.flatMap(({ name, verdict, headers }) => (verdict.cases ?? [{ condition: undefined, responder: verdict.responder }])
      .map(({ condition, responder }) => ({ name, condition, refused: responder === undefined ? undefined : localReply(responder, headers) })));
    const isSame = cases.every(({ condition, refused }) => condition === undefined && refused?.kind === cases[0].refused?.kind);
    if (isSame) return [{ refused: cases[0].refused }];
    return cases.map(({ name, condition, refused }) => {
      const where = verdicts.length > 1 ? [`${name} answers`] : [];
      return { condition: [...where, ...condition === undefined ? [] : [condition]].join(', and '), refused };
    });
  }

  private answered(
    { core2, predictor }: ArrivalSteps, outcome: Outcome, condition: string | undefined, trace: AddStep | undefined,
  ): readonly Alternative[] {
    if (predictor !== undefined) return [{ condition, outcomes: [{ ...outcome, responder: predictor }], mirrors: [] }];
    if (core2 === undefined) return [{ condition, outcomes: [outcome], mirrors: [] }];
    const hop = secondHop(core2, outcome.delivered!);
    if (trace !== undefined) hop.steps().forEach(trace);
    return hop.cases.map((each) => ({
      condition: condition === undefined || each.condition === undefined ? condition ?? each.condition : `${condition}, and ${each.condition}`,
      outcomes: each.outcomes.map((inner) => partOf(outcome.share, outcome.response === undefined ? inner : withResponse(inner, outcome.response))),
      mirrors: each.mirrors.map((mirror) => ({ ...mirror, share: mirror.share.times(outcome.share) })),
    }));
  }

  private stepsOf(destination: Destination): ArrivalSteps | 'none' {
    const known = this.steps.get(destination);
    if (known !== undefined) return known;
    const read = this.read(destination);
    this.steps.set(destination, read);
    return read;
  }

  private read(destination: Destination): ArrivalSteps | 'none' {
    const { responder, service } = destination;
    if (responder.kind !== 'service') return 'none';
    const { host, port } = responder;
    const name = Services.of(this.cluster).nameOf(host);
    const isCore2 = name?.name === CORE2_SERVICE;
    const written = service?.ports.find(({ number }) => number === port);
    const known = this.checkedPods(destination, written);
    const pods = known.every(({ check }) => check.isEmpty) ? [] : known;
    const core2 = isCore2 && port === CORE2_PORT ? Core2Table.of(this.cluster, name.namespace) : undefined;
    const predictor = Core1Predictors.of(this.cluster).find(host);
    if (pods.length === 0 && core2 === undefined && predictor === undefined) return 'none';
    const usesHttp2 = service === undefined || written === undefined ? undefined : isHttp2(forwardingTo(service, written));
    return { pods, usesHttp2, core2, predictor };
  }

  /** Workloads with the same labels have the same policies. */
  private checkedPods(destination: Destination, port: ServicePort | undefined): readonly CheckedPods[] {
    const portOf = (workload: Workload | undefined) => (port === undefined ? undefined : targetPort(port, workload));
    const { workloads } = destination;
    if (workloads.length === 0) {
      return podsAt(this.cluster, destination).map(({ namespace, labels }) => ({ name: 'a pod', check: this.policies.atWorkload(namespace, labels), port: portOf(undefined) }));
    }
    const groups = groupBy(workloads, (workload) => `${workload.namespace} ${podsKey(workload.labels)} ${portOf(workload)}`);
    return [...groups.values()].map(([first]) => ({
      name: `a pod of ${first.object.toString()}`, check: this.policies.atWorkload(first.namespace, first.labels), port: portOf(first),
    }));
  }
}

const NO_FILTERS: readonly never[] = [];

function isHttp2(forwarding: Forwarding): boolean | undefined {
  return forwarding === Forwarding.DETECTED ? undefined : forwarding === Forwarding.HTTP2;
}

/** The request as the sidecar of a destination receives it. */
function received(
  { method, authority, path: sent, headers }: DeliveredRequest, { scheme, token }: NormalRequest, peer: Peer, port: number | undefined,
  { http, envoy }: Pick<NormalRequest, 'http'> & { readonly envoy: EnvoyRelease },
): NormalRequest {
  const question = sent.indexOf('?');
  const [path, query] = question < 0 ? [sent, undefined] : [sent.slice(0, question), sent.slice(question + 1)];
  const normal = { host: hostName(authority), path: normalPath(path), headers: new RequestHeaders(headers, http, envoy) };
  return { peer, port, http, scheme, method, authority, query, token, ...normal };
}

/** Seldon's headers are in the response before the routes of the mesh change it. */
function withResponse(outcome: Outcome, outer: ResponseHeaders): Outcome {
  return { ...outcome, response: outcome.response === undefined ? outer : joinedResponse(outcome.response, outer) };
}

function joinedResponse(inner: ResponseHeaders, outer: ResponseHeaders): ResponseHeaders {
  const isGone = (name: string) => outer.removed.includes(name) || outer.set.has(name);
  return {
    set: new Map([...[...inner.set].filter(([name]) => !isGone(name)), ...outer.set]),
    added: [...inner.added.filter(({ name }) => !isGone(name)), ...outer.added],
    removed: [...new Set([...inner.removed, ...outer.removed])],
  };
}
