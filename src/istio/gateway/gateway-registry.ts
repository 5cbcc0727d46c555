import { IConstruct } from 'constructs';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { pathOf, show } from '../../plan/checks/errors';
import { IGateway } from '../../plan/gateway-ref';
import { computeIfAbsent } from '../../plan/groups';

/** A gateway that something names. */
interface Named {
  readonly at: IConstruct;
  /** What names it. A function, since a construct's path is built again each time, and only messages need it. */
  readonly description: () => string;
  readonly gateway: IGateway;
}

/**
 * The Gateways that a mesh's constructs make, and those that they name. A name that leads to another namespace than that of the
 * only Gateways so called is a slip of the pen: Istio then finds none, and drops the route in silence.
 *
 * @internal
 */
export class GatewayRegistry {
  public static of(construct: IConstruct): GatewayRegistry {
    return Mesh.of(construct)._part('gateways', (scope) => new GatewayRegistry(scope));
  }

  private readonly held = new Map<string, Map<string | undefined, IConstruct>>();
  /** Those that only redirect, or forward connections as they are. */
  private readonly unroutable = new Set<IConstruct>();
  private readonly named: Named[] = [];
  private checked = { count: 0, problems: [] as Finding[] };
  private count = 0;

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds a Gateway that is made. */
  public hold(at: IConstruct, { gatewayName, gatewayNamespace, gatewayListeners }: IGateway): void {
    if (gatewayListeners?.length === 0) this.unroutable.add(at);
    computeIfAbsent(this.held, gatewayName, () => new Map<string | undefined, IConstruct>()).set(gatewayNamespace, at);
    this.count += 1;
  }

  /** Adds gateways that something names, made here or elsewhere. */
  public name(at: IConstruct, description: () => string, gateways: readonly IGateway[]): void {
    for (const gateway of new Set(gateways)) this.named.push({ at, description, gateway });
    this.count += gateways.length;
  }

  /** Gateways that are made and could have routes, and that no endpoint names. */
  public unnamed(): { readonly at: IConstruct; readonly name: string; readonly namespace: string | undefined }[] {
    const named = new Set(this.named.map(({ gateway: { gatewayName, gatewayNamespace } }) => `${gatewayNamespace ?? ''}/${gatewayName}`));
    return [...this.held].flatMap(([name, namespaces]) => [...namespaces].map(([namespace, at]) => ({ at, name, namespace })))
      .filter(({ at, name, namespace }) => !this.unroutable.has(at) && !named.has(`${namespace ?? ''}/${name}`));
  }

  /** Each chart of an app validates all of it, so the answer is kept until there is more to look at. */
  private validate(): Finding[] {
    if (this.checked.count !== this.count) {
      this.checked = { count: this.count, problems: this.named.flatMap((named) => this.problemsOf(named)) };
    }
    return this.checked.problems;
  }

  private problemsOf({ at, description, gateway: { gatewayName, gatewayNamespace } }: Named): Finding[] {
    const namespaces = this.held.get(gatewayName);
    // Where one of the namespaces is not known, they may be the same.
    if (namespaces === undefined || gatewayNamespace === undefined || namespaces.has(gatewayNamespace) || namespaces.has(undefined)) return [];
    const others = [...namespaces].map(([namespace, holder]) => `${pathOf(holder)} in ${show(namespace)}`).join(', ');
    const text = `${description()} names gateway ${show(`${gatewayNamespace}/${gatewayName}`)}, and the Gateway of that name that the app makes is ${others}: `
      + 'Istio would find no gateway and drop the route: pass the construct itself, or the namespace that it is in; '
      + 'if a second Gateway is intended, use a VirtualService, which may name any, or Mesh.configure for two meshes';
    return [{ at, text }];
  }
}
