import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { authorizationPolicies, listedValues } from '../../cluster/policies';
import { valueMatches } from '../../cluster/policy-values';
import { show } from '../../plan/checks/errors';
import { isNearMiss } from '../../plan/checks/near-miss';
import { Level, Problem, Rule } from '../rule';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** Methods of WebDAV and other extensions, which Envoy knows too. */
const OTHERS = [
  'ACL', 'BIND', 'CHECKOUT', 'COPY', 'LINK', 'LOCK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'M-SEARCH', 'NOTIFY', 'PROPFIND',
  'PROPPATCH', 'PURGE', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE',
];

const denies = (method: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { methods: [${method}] } }]
      from: [{ source: { notRemoteIpBlocks: [10.0.0.0/8] } }]`);

/** A method in a policy that requests do not have. */
export const unknownMethod: Rule = {
  id: 'unknown-method',
  level: Level.ERROR,
  title: 'A policy lists a method that no request has',
  codes: ['KIA0102'],
  page: {
    explanation: `
Methods are compared with their case: \`get\` matches no \`GET\` request. The method of a gRPC call is always \`POST\`, and the name of the
call is its path.`,
    wrong: denies('post'),
    right: denies('POST'),
  },
  check: (cluster: Cluster) => cluster.derived(authorizationPolicies).flatMap(({ object, rules }): Problem[] => (
    rules.flatMap(({ to }) => to.flatMap((operation) => listedValues(operation, ['methods', 'notMethods']).flatMap(({ value, field }): Problem[] => {
      const fault = faultOf(value);
      return fault === undefined ? [] : [{ object, field, ...fault }];
    }))))),
};

function faultOf(value: string): Pick<Problem, 'problem' | 'remedy' | 'level'> | undefined {
  if (value === '' || value.replace(/^\*|\*$/, '').includes('*') || [...METHODS, ...OTHERS].some((method) => valueMatches(value, method))) return undefined;
  if (value.includes('/')) {
    return {
      problem: `${show(value)} is not an HTTP method, and the method of a gRPC call is POST`,
      remedy: `list ${show(value.startsWith('/') ? value : `/${value}`)} as a path instead`,
    };
  }
  const upper = value.toUpperCase();
  if (value !== upper && METHODS.some((method) => valueMatches(upper, method))) {
    return { problem: `no request has the method ${show(value)}, since methods are compared with their case`, remedy: `write ${show(upper)}` };
  }
  const meant = METHODS.find((method) => isNearMiss(value, method));
  return meant === undefined ? undefined : { level: Level.WARNING, problem: `${show(value)} is not a known HTTP method`, remedy: `if ${show(meant)} is meant, write that` };
}
