import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { reachOf } from './backend-reach';
import type { Caller } from './caller';
import { podsKey } from './gateway-pods';
import { ProtectedCalls } from './protected-calls';
import { EndpointClaims } from '../istio/endpoint-claims';
import { Mesh } from '../mesh/mesh';
import { IGateway } from '../plan/gateway-ref';
import { EndpointPlan, Plan } from '../plan/plan';

/** A policy at a gateway. @internal */
export interface GatewayGuard {
  /** Its construct. */
  readonly at: IConstruct;
  /** The gateway. */
  readonly gateway: IGateway;
  /** Labels of the gateway's pods. */
  readonly selector: { readonly [label: string]: string };
  /** The ports that pass bytes on, where they were said: nothing is denied there. */
  readonly tcpPorts?: readonly number[];
  /** What it denies. */
  readonly calls: ProtectedCalls;
  /** The backends that it is meant to close, as keys of what routes reach. */
  readonly closed: ReadonlySet<string>;
  /** The endpoints that it is for. */
  readonly covered: ReadonlySet<string>;
  /** Whom it lets in. */
  readonly callers: readonly Caller[];
  /** Whether others may call the same models by other policies. */
  readonly sharesModels: boolean;
}

/** Protocols of servers that pass bytes on. */
const BYTES = new Set(['TCP', 'TLS', 'MONGO', 'MYSQL', 'REDIS']);
const PASSING = new Set(['PASSTHROUGH', 'AUTO_PASSTHROUGH']);

/**
 * The policies at the gateways of a mesh: a model that one of them closes must have no other way in, and servers beside HTTP must not
 * be closed by the way.
 *
 * @internal
 */
export class GatewayDoorChecks {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): GatewayDoorChecks {
    return Mesh.of(construct)._part('gateway-door-checks', (scope) => new GatewayDoorChecks(scope));
  }

  private readonly guards: GatewayGuard[] = [];

  private constructor(private readonly scope: IConstruct) {
    scope.node.addValidation({ validate: () => [...this.findOtherDoors(), ...this.findWrongPorts()] });
  }

  /** Adds a policy. */
  public add(guard: GatewayGuard): void {
    this.guards.push(guard);
  }

  /** The policy that is for an endpoint at a gateway. */
  public guardOf(key: string, gateway: IGateway): GatewayGuard | undefined {
    return this.guards.find((guard) => guard.covered.has(key) && isAt(guard, gateway));
  }

  private findOtherDoors(): string[] {
    if (this.guards.length === 0) return [];
    const closed = new Map<string, GatewayGuard[]>();
    const services = new Map<string, GatewayGuard>();
    for (const guard of this.guards) {
      for (const key of guard.closed) {
        closed.set(key, [...closed.get(key) ?? [], guard]);
        services.set(key.split('\n')[0], guard);
      }
    }
    return EndpointClaims.of(this.scope).endpoints.flatMap(({ description, plan, endpoint }) => {
      const key = endpointKey(plan, endpoint);
      const doors = endpoint.endpoint.gateways.map((gateway) => ({
        gateway, guards: this.guards.filter((each) => isAt(each, gateway) && (each.covered.has(key) || each.calls.covers(endpoint.endpoint))),
      }));
      if (doors.length === 0) return [];
      return findDoor(this.scope, { description, endpoint, doors, closed, services });
    });
  }

  /** On ports without requests Istio takes a rule about them for one about everything; and ports that are left out take no rule. */
  private findWrongPorts(): string[] {
    if (this.guards.length === 0) return [];
    const mesh = Mesh.of(this.scope);
    const problems: string[] = [];
    const visit = (construct: IConstruct): void => {
      if (ApiObject.isApiObject(construct) && construct.kind === 'Gateway' && construct.apiGroup === 'networking.istio.io' && Mesh.of(construct) === mesh) {
        problems.push(...portProblems(construct, this.guards));
      }
      for (const child of construct.node.children) visit(child);
    };
    visit(this.scope);
    return problems;
  }
}

/** A text that names an endpoint. @internal */
export function endpointKey({ namespace, name }: Plan, { endpoint }: EndpointPlan): string {
  return `${namespace ?? ''}/${name}/${endpoint.name}`;
}

/** An endpoint, and the policies that may be for it. */
interface Candidate {
  readonly description: string;
  readonly endpoint: EndpointPlan;
  /** Its gateways, each with the policies for it there. */
  readonly doors: readonly { readonly gateway: IGateway; readonly guards: readonly GatewayGuard[] }[];
  /** Policies by what they close. */
  readonly closed: ReadonlyMap<string, readonly GatewayGuard[]>;
  /** Some policy for a model behind a Service. */
  readonly services: ReadonlyMap<string, GatewayGuard>;
}

/** Why an endpoint lets callers have what they should not. */
function findDoor(at: IConstruct, { description, endpoint: { arms }, doors, closed, services }: Candidate): string[] {
  const open = doors.find(({ guards }) => guards.length === 0)?.gateway;
  for (const { backend, requestHeaders } of arms) {
    const target = backend.target(at);
    const { backends, allOf } = reachOf(at, target, requestHeaders);
    const chosen = allOf === undefined ? undefined : services.get(allOf);
    if (chosen !== undefined && open !== undefined) {
      return [`${description} leads to ${target.description} through gateway ${open.gatewayName} and sets no header seldon-model there, `
        + `so callers choose among all models, and ${chosen.at.node.path} says who may call one of them: `
        + 'route to a Model, Pipeline or Experiment, or give requestHeaders'];
    }
    for (const { key, by } of backends) {
      const guards = closed.get(key) ?? [];
      if (guards.length === 0) continue;
      const what = by === undefined ? target.description : `${target.description}, where ${key.slice(key.indexOf('\n') + 1)} answers for ${by},`;
      if (open !== undefined) {
        return [`${description} leads to ${what} through gateway ${open.gatewayName}, and ${guards[guards.length - 1].at.node.path} says who may call that: `
          + 'nothing says it for this endpoint there, so give it to a ModelAccessPolicy.atGateway as well'];
      }
      for (const door of doors) {
        const strict = guards.find((guard) => !guard.sharesModels && isAt(guard, door.gateway)
          && !door.guards.some((each) => each.sharesModels || within(each, guard)));
        if (strict === undefined) continue;
        const lax = door.guards[0].at.node.path;
        return [`${description} leads to ${what} through gateway ${door.gateway.gatewayName} for callers of ${lax}, and ${strict.at.node.path} lets none but `
          + `${strict.callers.join(' or ')} call that: give both the same callers, or say sharesModels: true in one of them`];
      }
    }
  }
  return [];
}

/** Whether one policy lets nobody in whom another does not, as far as their words tell. */
function within(one: GatewayGuard, other: GatewayGuard): boolean {
  return one.callers.every((caller) => other.callers.some(({ _terms }) => _terms
    .every(({ description }) => caller._terms.some((term) => term.description === description))));
}

function isAt({ gateway, selector }: GatewayGuard, { gatewayName, gatewayNamespace, gatewaySelector }: IGateway): boolean {
  if (gatewaySelector !== undefined) return podsKey(gatewaySelector) === podsKey(selector);
  return gateway.gatewayName === gatewayName && gateway.gatewayNamespace === gatewayNamespace;
}

interface ServerManifest {
  readonly port: { readonly number: number; readonly protocol: string; readonly targetPort?: number };
  readonly tls?: { readonly mode?: string };
}

interface GatewayManifest {
  readonly spec: { readonly selector: { readonly [label: string]: string }; readonly servers: readonly ServerManifest[] };
}

/** Where the pods of usual gateways listen for ports that only root may have. */
const MAPPED: { readonly [port: number]: number } = { 80: 8080, 443: 8443 };

function portProblems(gateway: ApiObject, guards: readonly GatewayGuard[]): string[] {
  const { selector, servers } = (gateway.toJson() as GatewayManifest).spec;
  const passesBytes = ({ port, tls }: ServerManifest): boolean => BYTES.has(port.protocol) || PASSING.has(tls?.mode ?? '');
  const ofBytes = servers.find(passesBytes);
  const ofRequests = servers.filter((server) => !passesBytes(server)).flatMap(({ port }) => [port.number, MAPPED[port.number], port.targetPort]);
  return guards.filter((guard) => podsKey(guard.selector) === podsKey(selector)).flatMap(({ at, tcpPorts }) => {
    const open = tcpPorts?.find((port) => ofRequests.includes(port));
    if (open !== undefined) {
      return [`${at.node.path} denies nothing at tcp port ${open}, where Gateway ${gateway.node.path} takes requests: everybody could call the models there, `
        + 'so name in tcpPorts only ports that pass bytes on'];
    }
    if (tcpPorts !== undefined || ofBytes === undefined) return [];
    return [`${at.node.path} is for the pods of Gateway ${gateway.node.path}, which passes bytes on at port ${ofBytes.port.number}: `
      + 'Istio would deny everything there, so name the port that the pods listen on in tcpPorts'];
  });
}
