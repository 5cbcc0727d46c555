import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { podsKey } from './gateway-pods';
import { ProtectedCalls } from './protected-calls';
import { EndpointClaims } from '../istio/endpoint-claims';
import { Mesh } from '../mesh/mesh';
import { IGateway } from '../plan/gateway-ref';
import { backendIdentity } from '../plan/resolve';

/** A policy at a gateway. @internal */
export interface GatewayGuard {
  /** Its construct. */
  readonly at: IConstruct;
  /** The gateway. */
  readonly gateway: IGateway;
  /** Labels of the gateway's pods. */
  readonly selector: { readonly [label: string]: string };
  /** Whether the ports that pass bytes on were said. */
  readonly saysTcpPorts: boolean;
  /** What it denies. */
  readonly calls: ProtectedCalls;
  /** The backends that it protects. */
  readonly identities: ReadonlySet<string>;
  /** The endpoints that it is for. */
  readonly covered: ReadonlySet<string>;
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
    scope.node.addValidation({ validate: () => [...this.findOtherDoors(), ...this.findClosedPorts()] });
  }

  /** Adds a policy. */
  public add(guard: GatewayGuard): void {
    this.guards.push(guard);
  }

  private findOtherDoors(): string[] {
    const guardsOf = new Map<string, GatewayGuard>();
    for (const guard of this.guards) {
      for (const identity of guard.identities) guardsOf.set(identity, guard);
    }
    return EndpointClaims.of(this.scope).endpoints.flatMap(({ description, plan, endpoint: { endpoint, arms } }) => {
      const key = `${plan.namespace ?? ''}/${plan.name}/${endpoint.name}`;
      for (const { backend } of arms) {
        const target = backend.target(this.scope);
        const guard = guardsOf.get(backendIdentity(target));
        if (guard === undefined) continue;
        const open = endpoint.gateways.find((gateway) => !this.guards.some((each) => isAt(each, gateway)
          && (each.covered.has(key) || each.calls.covers(endpoint))));
        if (open !== undefined) {
          return [`${description} leads to ${target.description} through gateway ${open.gatewayName}, and ${guard.at.node.path} says who may call that: `
            + 'nothing says it for this endpoint there, so give it to a ModelAccessPolicy.atGateway as well'];
        }
      }
      return [];
    });
  }

  /** On ports without requests Istio takes a rule about them for one about everything. */
  private findClosedPorts(): string[] {
    const silent = this.guards.filter(({ saysTcpPorts }) => !saysTcpPorts);
    if (silent.length === 0) return [];
    const mesh = Mesh.of(this.scope);
    const problems: string[] = [];
    const visit = (construct: IConstruct): void => {
      if (ApiObject.isApiObject(construct) && construct.kind === 'Gateway' && construct.apiGroup === 'networking.istio.io' && Mesh.of(construct) === mesh) {
        problems.push(...closedBy(construct, silent));
      }
      for (const child of construct.node.children) visit(child);
    };
    visit(this.scope);
    return problems;
  }
}

function isAt({ gateway, selector }: GatewayGuard, { gatewayName, gatewayNamespace, gatewaySelector }: IGateway): boolean {
  if (gatewaySelector !== undefined) return podsKey(gatewaySelector) === podsKey(selector);
  return gateway.gatewayName === gatewayName && gateway.gatewayNamespace === gatewayNamespace;
}

interface GatewayManifest {
  readonly spec: {
    readonly selector: { readonly [label: string]: string };
    readonly servers: readonly { readonly port: { readonly number: number; readonly protocol: string }; readonly tls?: { readonly mode?: string } }[];
  };
}

function closedBy(gateway: ApiObject, guards: readonly GatewayGuard[]): string[] {
  const { selector, servers } = (gateway.toJson() as GatewayManifest).spec;
  const guard = guards.find((each) => podsKey(each.selector) === podsKey(selector));
  const server = guard && servers.find(({ port, tls }) => BYTES.has(port.protocol) || PASSING.has(tls?.mode ?? ''));
  if (guard === undefined || server === undefined) return [];
  return [`${guard.at.node.path} is for the pods of Gateway ${gateway.node.path}, which passes bytes on at port ${server.port.number}: `
    + 'Istio would deny everything there, so name the port that the pods listen on in tcpPorts'];
}
