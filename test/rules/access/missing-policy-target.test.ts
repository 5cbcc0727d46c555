import { missingPolicyTarget as rule } from '../../../src/rules/access/missing-policy-target';
import { problemsOf } from '../../support/cluster';

const object = (apiVersion: string, kind: string, name: string, spec: object, namespace = 'models') => ({ apiVersion, kind, metadata: { name, namespace }, spec });
const SERVICE = object('v1', 'Service', 'iris', {});
const ENTRY = object('networking.istio.io/v1', 'ServiceEntry', 'store', { hosts: ['a.com'] });

/** What is found for a policy of some references. */
const foundFor = (targetRefs: object[], ...objects: object[]) =>
  problemsOf(rule, [object('security.istio.io/v1', 'AuthorizationPolicy', 'access', { targetRefs }), ...objects].map((each) => JSON.stringify(each)).join('\n---\n'))
    .map(({ at, problem, remedy }) => `${at.replace('warning at AuthorizationPolicy models/access spec.', '')}: ${problem}. ${remedy}`);
const missing = (kind: string, name: string, remedy: string) => [`targetRefs[0].name: there is no ${kind} models/${name}, so the policy has no effect for it. ${remedy}`];

test.each<[string, object, object[], string[]]>([
  ['a Service with a similar name', { kind: 'Service', name: 'irs' }, [SERVICE], missing('Service', 'irs', 'if "iris" is meant, write that')],
  ['a Service with another name', { kind: 'Service', name: 'other' }, [SERVICE], missing('Service', 'other', 'refer to a Service of namespace models')],
  ['a Service of the core group', { group: 'core', kind: 'Service', name: 'irs' }, [SERVICE], missing('Service', 'irs', 'if "iris" is meant, write that')],
  ['a ServiceEntry', { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'stor' }, [ENTRY], missing('ServiceEntry', 'stor', 'if "store" is meant, write that')],
  ['a Service that exists', { kind: 'Service', name: 'iris' }, [SERVICE], []],
  ['a ServiceEntry that exists', { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'store' }, [ENTRY], []],
  ['a Service of another group', { group: 'example.com', kind: 'Service', name: 'irs' }, [SERVICE], []],
  ['a ServiceEntry of another group', { kind: 'ServiceEntry', name: 'stor' }, [ENTRY, SERVICE], []],
  ['another kind', { group: 'networking.istio.io', kind: 'Gateway', name: 'irs' }, [ENTRY, SERVICE], []],
  ['a kind of the core group', { kind: 'Pod', name: 'irs' }, [ENTRY, SERVICE], []],
  ['nothing', { kind: 'Service' }, [SERVICE], []],
  ['a Service where none is known', { kind: 'Service', name: 'irs' }, [ENTRY], []],
  ['a Service where only those of other namespaces are known', { kind: 'Service', name: 'irs' }, [object('v1', 'Service', 'iris', {}, 'other')], []],
  ['a Service where an operator creates some', { kind: 'Service', name: 'irs' }, [SERVICE, object('machinelearning.seldon.io/v1', 'SeldonDeployment', 'a', {})], []],
  ['a ServiceEntry where an operator creates Services', { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'stor' },
    [ENTRY, object('machinelearning.seldon.io/v1', 'SeldonDeployment', 'a', {})], missing('ServiceEntry', 'stor', 'if "store" is meant, write that')],
])('a policy for %s', (_what, ref, objects, expected) => {
  expect(foundFor([ref], ...objects)).toEqual(expected);
});
