import { IConstruct } from 'constructs';
import { gatewayKey } from './gateway-reference';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { inSentences, pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';
import { objectKey } from '../../plan/object-key';

/** A reference to a gateway. */
interface Named {
  readonly at: IConstruct;
  /** The object with the reference. A function, since building a construct's path is slow, and only messages need it. */
  readonly description: () => string;
  readonly gateway: IGateway;
}

/**
 * The Gateways that a mesh's constructs create, and their references to gateways. A reference with the name of a created Gateway but
 * another namespace is most likely a mistake: Istio does not find the gateway, and silently drops the route.
 *
 * @internal
 */
export class GatewayRegistry {
  public static of(construct: IConstruct): GatewayRegistry {
    return Mesh.of(construct)._part('gateways', (scope) => new GatewayRegistry(scope));
  }

  private readonly held = new Map<string, Map<string | undefined, IConstruct>>();
  /** Gateways whose servers all redirect or forward TCP. */
  private readonly unroutable = new Set<IConstruct>();
  private readonly named: Named[] = [];
  private checked = { count: 0, problems: [] as Finding[] };
  private count = 0;

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds a Gateway that the app creates. */
  public hold(at: IConstruct, { gatewayName, gatewayNamespace, gatewayListeners }: IGateway): void {
    if (gatewayListeners?.length === 0) this.unroutable.add(at);
    computeIfAbsent(this.held, gatewayName, () => new Map<string | undefined, IConstruct>()).set(gatewayNamespace, at);
    this.count += 1;
  }

  /** Adds references to gateways, whether this app creates them or not. */
  public name(at: IConstruct, description: () => string, gateways: readonly IGateway[]): void {
    for (const gateway of new Set(gateways)) this.named.push({ at, description, gateway });
    this.count += gateways.length;
  }

  /** Gateways of the app that could have HTTP routes, but have none. */
  public unnamed(): { readonly at: IConstruct; readonly name: string; readonly namespace: string | undefined }[] {
    const named = new Set(this.named.map(({ gateway }) => gatewayKey(gateway)));
    return [...this.held].flatMap(([name, namespaces]) => [...namespaces].map(([namespace, at]) => ({ at, name, namespace })))
      .filter(({ at, name, namespace }) => !this.unroutable.has(at) && !named.has(objectKey(namespace, name)));
  }

  /** Each chart of an app validates the whole app, so the result is cached until something is added. */
  private validate(): Finding[] {
    if (this.checked.count !== this.count) {
      this.checked = { count: this.count, problems: this.named.flatMap((named) => this.problemsOf(named)) };
    }
    return this.checked.problems;
  }

  private problemsOf({ at, description, gateway: { gatewayName, gatewayNamespace } }: Named): Finding[] {
    const namespaces = this.held.get(gatewayName);
    // Where one of the namespaces is unknown, they may be the same.
    if (namespaces === undefined || gatewayNamespace === undefined || namespaces.has(gatewayNamespace) || namespaces.has(undefined)) return [];
    const others = [...namespaces].map(([namespace, holder]) => `${pathOf(holder)} in ${show(namespace)}`).join(', ');
    const text = inSentences(
      `${description()} refers to gateway ${show(`${gatewayNamespace}/${gatewayName}`)}, but the app creates the Gateway of that name as ${others}`,
      'Istio would find no gateway and drop the route. Pass the construct itself, or set its namespace. '
      + 'If a second Gateway is intended, use a VirtualService, which may refer to any gateway, or Mesh.configure for two meshes');
    return [{ at, text }];
  }
}
