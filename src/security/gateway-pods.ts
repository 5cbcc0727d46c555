import { IConstruct } from 'constructs';
import { ManifestProps } from '../mesh/manifest-props';
import { Mesh } from '../mesh/mesh';
import { invalid, show } from '../plan/checks/errors';
import { IGateway } from '../plan/gateway-ref';
import { checkGatewayList } from '../plan/part-checks';
import { samePods } from '../plan/pod-selectors';

/** Where the pods of a gateway are, and their labels. @internal */
export interface GatewayPods {
  /** Their namespace. */
  readonly namespace?: string;
  /** Their labels. */
  readonly selector: { [label: string]: string };
}

/**
 * Where the pods of a gateway are, and their labels. A policy in another namespace than theirs would select none of them, and
 * nobody would say so.
 *
 * @internal
 */
export function gatewayPods(at: IConstruct, gateway: IGateway, { namespace, metadata }: ManifestProps): GatewayPods {
  checkGatewayList(at, 'gateways', [gateway]);
  const { gatewayName, gatewayNamespace, gatewaySelector, gatewayPodNamespace } = gateway;
  if (gatewaySelector === undefined) {
    throw invalid(at, `gateway ${gatewayName} does not say its pods`, 'give Gateway.fromGatewayName their labels, as selector');
  }
  const said = namespace ?? metadata?.namespace;
  const { rootNamespace, ingressSelector, ingressNamespace } = Mesh.of(at);
  const known = gatewayPodNamespace ?? (samePods(gatewaySelector, ingressSelector) ? ingressNamespace : undefined);
  if (said !== undefined && known !== undefined && said !== known && said !== rootNamespace) {
    throw invalid(at, `namespace ${show(said)} for gateway ${gatewayName}, whose pods are in ${show(known)}`,
      'from another namespace a policy selects none of them: leave it out, or say the podNamespace of the gateway');
  }
  return { namespace: said ?? known ?? gatewayNamespace, selector: { ...gatewaySelector } };
}
