import { IConstruct } from 'constructs';
import { CommonMatch } from './common-match';
import { checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { IGateway } from '../../plan/gateway-ref';
import { checkGatewayList } from '../../plan/part-checks';
import { checkIstioLabel, isDomain } from '../common/names';

/**
 * Checks the common fields of the matches of HTTP, TLS and TCP rules.
 *
 * @internal
 */
export function checkCommonMatch(at: IConstruct, where: string, { port, sourceLabels, sourceNamespace, gateways }: CommonMatch): void {
  if (port !== undefined) checkPort(at, `${where}.port`, port);
  if (sourceLabels !== undefined) checkLabels(at, `${where}.sourceLabels`, sourceLabels);
  if (sourceNamespace !== undefined) checkIstioLabel(at, `${where}.sourceNamespace`, sourceNamespace);
  if (gateways !== undefined) checkGateways(at, `${where}.gateways`, gateways);
}

/**
 * Checks the names of gateways: a Gateway with dots in its name cannot be referred to.
 *
 * @internal
 */
export function checkGateways(at: IConstruct, where: string, gateways: readonly IGateway[]): void {
  checkGatewayList(at, where, gateways);
  for (const { gatewayName, gatewayNamespace } of gateways) {
    if (gatewayNamespace !== undefined) {
      checkIstioLabel(at, `${where} with namespace`, gatewayNamespace);
      checkIstioLabel(at, `${where} with name`, gatewayName);
    } else if (!isDomain(gatewayName)) {
      throw invalid(at, `${where} with name ${show(gatewayName)}`, 'expected the name of a Gateway');
    }
  }
}
