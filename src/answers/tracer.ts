import { Step } from './answer';
import { Action } from './delivery/action';
import { percentText } from './expectations/shares';
import { RouteRequest } from './matching/route-request';
import { Route } from './routes/route';
import { VirtualHost } from './routes/virtual-host';

/**
 * Collects the steps of a request.
 *
 * @internal
 */
export class Tracer {
  /** The steps, in order. */
  public readonly steps: Step[] = [];

  /** Adds a step. */
  public add(step: Step): void {
    this.steps.push(step);
  }

  /** Adds steps. */
  public addAll(steps: readonly Step[]): void {
    this.steps.push(...steps);
  }

  /** Adds the rules of a virtual host that were tried: why each did not match, and those that did. */
  public addRules(virtualHost: VirtualHost, chosen: readonly Route[], request: RouteRequest): void {
    const { routes, others } = virtualHost.triedBefore(chosen[0], request);
    for (const route of routes) this.addRule(route, route.missOf(request) ?? 'a rule before it matches', false);
    if (others > 0) this.add({ stage: 'rule', matched: false, text: `${others} other rules of the host do not match` });
    for (const route of chosen) this.addRule(route, `${route.text} matches`, true);
    if (chosen.length === 0) this.add({ stage: 'rule', matched: false, text: `no rule of host ${virtualHost.host} matches` });
  }

  /** Adds what a rule does. */
  public addAction({ arms, mirrors, redirect, response, abort, delay }: Action, { written }: Route): void {
    const { object, field } = written;
    const place = { object, field: field.slice(0, 3) };
    if (delay !== undefined) {
      const text = `${delay.percentage} % of the requests are delayed by ${delay.duration}`;
      this.add({ stage: 'rule', matched: true, text, place: { object, field: [...place.field, 'fault', 'delay'] } });
    }
    if (abort !== undefined) {
      const text = `a fault ends ${percentText(abort.share)} of the requests`;
      this.add({ stage: 'rule', matched: true, text, place: { object, field: [...place.field, 'fault', 'abort'] } });
    }
    if (redirect !== undefined) this.add({ stage: 'rule', matched: true, text: 'the rule redirects requests', place: { object, field: [...place.field, 'redirect'] } });
    if (response !== undefined) this.add({ stage: 'rule', matched: true, text: response.reason, place });
    for (const arm of arms) this.addDestination('destination', arm);
    for (const mirror of mirrors) this.addDestination('mirror', mirror);
  }

  private addDestination(stage: 'destination' | 'mirror', { share, destination, place }: Pick<Action['arms'][number], 'share' | 'destination' | 'place'>): void {
    const { responder, isAssumed } = destination;
    const percent = percentText(share);
    if (responder.kind === 'unavailable') {
      this.add({ stage, matched: false, text: `${percent} of the requests get 503: ${responder.reason}`, place });
      return;
    }
    const { host, port } = responder as { readonly host: string; readonly port: number };
    const subset = responder.kind === 'service' && responder.subset !== undefined ? `, subset ${responder.subset.name}` : '';
    const assumed = isAssumed ? ', whose Service is not among the objects and is assumed to exist' : '';
    this.add({ stage, matched: true, text: `${percent} of the requests ${stage === 'mirror' ? 'are mirrored' : 'go'} to ${host}:${port}${subset}${assumed}`, place });
  }

  private addRule({ written, owner }: Route, text: string, matched: boolean): void {
    const { object, field } = written;
    const name = object === owner.virtualService ? object.toString() : `${object.toString()}, delegate of ${owner.virtualService.toString()}`;
    this.add({ stage: 'rule', matched, text: `${name}: ${text}`, place: { object, field } });
  }
}
