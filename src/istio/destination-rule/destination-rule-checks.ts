import { DestinationRuleProps, Subset } from './destination-rule-props';
import { checkTrafficPolicy, PolicyContext } from './traffic-policy-checks';
import { Mesh } from '../../mesh/mesh';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { checkExportTo, checkIstioLabel, isWildcardDomain } from '../common/names';
import { checkNoWildcards } from '../common/selector-checks';

const MAX_SELECTOR_LABELS = 4096;
const MAX_VALUE = 63;

/**
 * Checks the properties of a DestinationRule except its subsets.
 *
 * @internal
 */
export function checkDestinationRule(context: PolicyContext, props: DestinationRuleProps): void {
  const { at, release, namespace } = context;
  const { host, trafficPolicy, exportTo, workloadSelector } = props;
  if (!isWildcardDomain(host)) {
    throw invalid(at, `host ${show(host)}`,
      'expected the DNS name of a Service or ServiceEntry, such as "iris.seldon.svc.cluster.local", "*.example.com" or "*", without scheme, port or path');
  }
  const [service, second, ...more] = host.split('.');
  if (second !== undefined && more.length === 0 && second === namespace) {
    throw invalid(at, `host ${show(host)}`, 'Istio resolves only names without dots in a namespace, and would find no Service. '
      + `Set the full name, ${show(Mesh.of(at).serviceHost(service, second))}`);
  }
  if (trafficPolicy !== undefined) checkTrafficPolicy(context, 'trafficPolicy', trafficPolicy);
  if (exportTo !== undefined) checkExportTo(at, exportTo, namespace, workloadSelector !== undefined);
  if (workloadSelector !== undefined) {
    release.require(at, 'workloadSelector', '1.14');
    checkSelector(context, workloadSelector);
  }
}

/**
 * Checks one subset.
 *
 * @internal
 */
export function checkSubset(context: PolicyContext, { name, labels, trafficPolicy }: Subset): void {
  checkIstioLabel(context.at, 'subset', name);
  if (labels !== undefined) checkLabels(context.at, `subset ${show(name)}`, labels);
  if (trafficPolicy !== undefined) checkTrafficPolicy(context, `trafficPolicy of subset ${show(name)}`, trafficPolicy);
}

function checkSelector({ at }: PolicyContext, labels: { readonly [label: string]: string }): void {
  const count = Object.keys(labels).length;
  if (count > MAX_SELECTOR_LABELS) throw invalid(at, `workloadSelector with ${count} labels`, `expected at most ${MAX_SELECTOR_LABELS}`);
  checkNoWildcards(at, labels);
  const long = Object.values(labels).find((value) => value.length > MAX_VALUE);
  if (long !== undefined) throw invalid(at, `workloadSelector with a value of ${long.length} characters`, `expected at most ${MAX_VALUE}`);
}
