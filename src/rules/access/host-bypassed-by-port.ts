import { policyExample } from './access-example';
import { Cluster } from '../../cluster/cluster';
import { AuthorizationPolicyView, enforcedPolicies, PolicyAction, valuesOf } from '../../cluster/policies';
import { show } from '../../plan/checks/errors';
import { Level, Problem, Rule } from '../rule';

const denies = (hosts: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { hosts: ${hosts}, paths: [/v2/models/fraud/*] } }]
      when: [{ key: "request.auth.claims[groups]", notValues: [risk] }]`);

/** The list of hosts by which a policy denies requests. */
const DENYING: { readonly [action in PolicyAction]?: 'hosts' | 'notHosts' } = { ALLOW: 'notHosts', DENY: 'hosts', CUSTOM: 'hosts' };

/** A denied host to which clients can add a port. */
export const hostBypassedByPort: Rule = {
  id: 'host-bypassed-by-port',
  level: Level.ERROR,
  title: 'A denied host is bypassed by a port in the Host header',
  page: {
    explanation: `
Policies compare the \`Host\` header as it is sent, and routes ignore its port. A policy that denies \`models.example.com\` does not deny a
request with \`Host: models.example.com:1234\`, and the gateway routes it to the same backend. List the host with \`:*\` as well. A
pattern such as \`*.example.com\` ends with the host, so it cannot match a port at all.`,
    wrong: denies('[models.example.com]'),
    right: denies('[models.example.com, "models.example.com:*"]'),
  },
  check: (cluster: Cluster) => cluster.derived(enforcedPolicies).flatMap(problemsOf),
};

function problemsOf({ object, action, rules }: AuthorizationPolicyView): Problem[] {
  const list = DENYING[action];
  if (list === undefined) return [];
  // Another rule of the policy may list the host with its ports.
  const all = rules.flatMap(({ to }) => to.flatMap((operation) => valuesOf(operation, list)));
  const prefixes = new Set(all.filter((host) => host.endsWith('*') && !host.slice(0, -1).includes('*')).map((host) => host.slice(0, -1).toLowerCase()));
  return rules.flatMap(({ to }) => to.flatMap((operation): Problem[] => {
    const bypassed = valuesOf(operation, list).filter((host) => host !== '' && !host.includes(':') && !host.endsWith('*') && !coversPorts(prefixes, host));
    if (bypassed.length === 0) return [];
    const [first] = bypassed;
    const example = `${first.startsWith('*') ? `a${first.slice(1)}` : first}:1234`;
    const isPattern = first.startsWith('*');
    return [{
      object,
      field: [...operation.field, list],
      problem: `a request with ${show(`Host: ${example}`)} is not denied by ${bypassed.map(show).join(', ')}, and routes ignore the port`,
      remedy: isPattern ? 'list full host names, each with and without ":*", or leave the hosts out, since a pattern with "*" at its start cannot match a port'
        : `list ${bypassed.map((host) => show(`${host}:*`)).join(', ')} as well`,
    }];
  }));
}

/** Whether some prefix matches a host with any port. */
function coversPorts(prefixes: ReadonlySet<string>, host: string): boolean {
  const text = `${host.toLowerCase()}:`;
  for (let length = 0; length <= text.length; length += 1) if (prefixes.has(text.slice(0, length))) return true;
  return false;
}
