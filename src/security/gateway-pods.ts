import { IConstruct } from 'constructs';
import { ManifestProps } from '../mesh/manifest-props';
import { Mesh } from '../mesh/mesh';
import { invalid, show } from '../plan/checks/errors';
import { IGateway } from '../plan/gateway-ref';
import { checkGatewayList } from '../plan/part-checks';
import { samePods } from '../plan/pod-selectors';

/** The pods of a gateway. @internal */
export interface GatewayPods {
  /** Their namespace. */
  readonly namespace?: string;
  /** Their labels. */
  readonly selector: { [label: string]: string };
}

/**
 * The namespace and the labels of the pods of a gateway. A policy in another namespace would select none of them, without an error.
 *
 * @internal
 */
export function gatewayPods(at: IConstruct, gateway: IGateway, { namespace, metadata }: ManifestProps): GatewayPods {
  checkGatewayList(at, 'gateways', [gateway]);
  const { gatewayName, gatewayNamespace, gatewaySelector, gatewayPodNamespace } = gateway;
  if (gatewaySelector === undefined) {
    throw invalid(at, `the pods of gateway ${gatewayName} are not known`, 'set their labels as selector in Gateway.fromGatewayName');
  }
  const specified = namespace ?? metadata?.namespace;
  const { rootNamespace, ingressSelector, ingressNamespace } = Mesh.of(at);
  const known = gatewayPodNamespace ?? (samePods(gatewaySelector, ingressSelector) ? ingressNamespace : undefined);
  if (specified !== undefined && known !== undefined && specified !== known && specified !== rootNamespace) {
    throw invalid(at, `namespace ${show(specified)} for gateway ${gatewayName}, whose pods are in ${show(known)}`,
      'a policy in another namespace selects none of them. Leave the namespace out, or set podNamespace of the gateway');
  }
  return { namespace: specified ?? known ?? gatewayNamespace, selector: { ...gatewaySelector } };
}
