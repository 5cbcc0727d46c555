import { Cluster } from '../../cluster/cluster';
import { AnswerCase, Outcome, Step } from '../answer';
import { Alternative, combined } from '../arrival/alternatives';
import { Arrivals } from '../arrival/arrivals';
import { repliedBy, under } from '../cases';
import { Action, actionOf } from '../delivery/action';
import { deliver, Delivery } from '../delivery/deliver';
import { Destinations, WantedDestination } from '../destinations/destinations';
import { Client } from '../destinations/subsets';
import { filterSteps, passing } from '../filtered';
import { RouteRequest } from '../matching/route-request';
import { NormalRequest, Peer } from '../normal-request';
import { Route } from '../routes/route';
import { VirtualHost } from '../routes/virtual-host';
import { Tracer } from '../tracer';

/**
 * A proxy that sends requests on.
 *
 * @internal
 */
export interface Sender {
  /** Its pods, as they see DestinationRules. */
  readonly client: Client;
  /** Its pods, as the next proxy sees them. */
  readonly peer: Peer;
}

/**
 * Chooses the rules of a virtual host that may answer a request.
 *
 * @internal
 */
export type Choose = (virtualHost: VirtualHost, request: RouteRequest) => readonly Route[];

const AS_ENVOY: Choose = (virtualHost, request) => virtualHost.choose(request);

/**
 * The way of a request through the rules of a proxy, to its destinations.
 *
 * @internal
 */
export class RulePassage {
  private readonly compile: (route: Route, proxy: Sender) => Action;

  constructor(cluster: Cluster, destinations: Destinations, private readonly arrivals: Arrivals, private readonly choose: Choose = AS_ENVOY) {
    this.compile = (route, { client }) => {
      const { port, gateway } = route.owner.proxy;
      // In a sidecar, a destination without a port has the port that the workload connects to.
      const withPort = (wanted: WantedDestination) => (gateway === 'mesh' ? { ...wanted, port: wanted.port ?? port } : wanted);
      return actionOf(cluster, route, (wanted) => destinations.find(withPort(wanted), port, client));
    };
  }

  /** The cases of a request under the rules of a virtual host. */
  public through(virtualHost: VirtualHost, request: RouteRequest, proxy: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    const routes = this.choose(virtualHost, request);
    tracer?.addRules(virtualHost, routes, request);
    if (routes.length === 0) {
      return [repliedBy({ kind: 'not-found', status: 404, reason: `no rule for host ${virtualHost.host} matches` }, request.normal)];
    }
    if (routes.length === 1) return this.throughRule(routes[0], request.normal, proxy, tracer);
    return routes.flatMap((route) => {
      const condition = conditionOf(route, routes);
      return this.throughRule(route, request.normal, proxy, tracer).map((each) => under(condition, each));
    });
  }

  private throughRule(route: Route, normal: NormalRequest, proxy: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    const action = route.compiled(this.compile, proxy);
    tracer?.addAction(action, route);
    return this.arrived(deliver(action, normal), normal, proxy, tracer);
  }

  /** The cases of a request that is sent to destinations: what happens where it arrives. */
  public arrived({ answer, destinations }: Delivery, normal: NormalRequest, { peer }: Sender, tracer: Tracer | undefined): readonly AnswerCase[] {
    const filters = this.arrivals.filtersAt(destinations);
    tracer?.addAll(filterSteps(filters));
    if (!destinations.some((destination) => destination !== undefined && this.arrivals.hasSteps(destination))) return [passing(filters, answer)];
    const simple = tracer === undefined ? this.arrivedSimply(answer, destinations) : undefined;
    if (simple !== undefined) return [passing(filters, simple)];
    const trace = tracer === undefined ? undefined : (step: Step) => tracer.add(step);
    const parts = answer.outcomes.map((outcome, i): readonly Alternative[] => {
      const destination = destinations[i];
      return destination === undefined ? [{ outcomes: [outcome], mirrors: [] }] : this.arrivals.arrive(destination, outcome, normal, peer, trace);
    });
    return combined(parts).map(({ condition, outcomes, mirrors }) => passing(filters, under(condition, {
      ...answer,
      outcomes: outcomes.length === answer.outcomes.length ? outcomes : [...outcomes].sort((a, b) => b.share.compare(a.share)),
      mirrors: mirrors.length === 0 ? answer.mirrors : [...answer.mirrors, ...mirrors],
    })));
  }

  private arrivedSimply({ outcomes, mirrors, timeout, retries, delay, rule }: AnswerCase, destinations: Delivery['destinations']): AnswerCase | undefined {
    const arrived: Outcome[] = [...outcomes];
    for (let i = 0; i < arrived.length; i += 1) {
      const outcome = this.arrivals.arriveSimply(destinations[i], arrived[i]);
      if (outcome === undefined) return undefined;
      arrived[i] = outcome;
    }
    return { outcomes: arrived, mirrors, timeout, retries, delay, rule };
  }
}

/** When a rule is the first of several that match. */
function conditionOf({ owner }: Route, all: readonly Route[]): string {
  const gateways = new Set(all.map((route) => route.owner.gateway));
  const here = new Set(all.filter((route) => route.owner.gateway === owner.gateway).map((route) => route.owner.virtualService));
  const parts = [
    ...gateways.size > 1 && owner.gateway !== undefined ? [`${owner.gateway.toString()} is the oldest of those with a VirtualService that matches`] : [],
    ...here.size > 1 ? [`${owner.virtualService.toString()} is the oldest of those ${gateways.size > 1 ? 'of this Gateway ' : ''}that match`] : [],
  ];
  return parts.join(', and ');
}
