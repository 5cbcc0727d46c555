import { execFileSync } from 'child_process';
import { folderWith, run, writeFiles } from '../support/cli';
import { POLICY, ROUTES } from '../support/traffic';

const BEFORE = ROUTES + POLICY;

/** A folder with two states of the routes. */
function states(after: string, before: string = BEFORE): string {
  return folderWith({ 'before/routes.yaml': before, 'after/routes.yaml': after });
}

const diff = (cwd: string, ...args: readonly string[]) => run(cwd, ['diff', '--before', 'before', 'after', ...args]);

const WEIGHTS = BEFORE.replace('weight: 75', 'weight: 55').replace('weight: 25', 'weight: 45');
const WRONG_PREFIX = BEFORE.replaceAll('prefix: /v2/models/iris/', 'prefix: /v2/models/irs/');

test('weights', () => {
  expect(diff(states(WEIGHTS))).toEqual({
    code: 0,
    err: '',
    out: `Requests for /v2/models/iris and /v2/models/iris/* if header x-tester is not "yes" on
  models.example.com (istio-system/gateway:80):
  iris.models.svc.cluster.local:8080 subset v2 25 % → 45 %
  iris.models.svc.cluster.local:8080 subset v1 75 % → 55 %
  curl http://models.example.com/v2/models/iris

Nothing else changes.
`,
  });
});

test('what arrives, mirrors and limits', () => {
  const after = BEFORE.replace('5s', '9s').replace('x-arm: v1', 'x-arm: v3').replace('value: 20', 'value: 40');
  expect(diff(states(after)).out).toBe(`Requests for /v2/models/iris and /v2/models/iris/* if header x-tester is not "yes" on
  models.example.com (istio-system/gateway:80):
  mirrored to shadow.models.svc.cluster.local:8080 20 % → 40 %
  requests to iris.models.svc.cluster.local:8080 subset v1: header x-arm "v1" → "v3"
  mirrored requests to shadow.models.svc.cluster.local:8080: header x-arm "v1" → "v3"
  timeout 5s → 9s
  curl http://models.example.com/v2/models/iris

Nothing else changes.
`);
});

test('a wrong prefix: the biggest changes come first, with requests that show them', () => {
  const { out } = diff(states(WRONG_PREFIX));
  expect(out.split('\n\n').map((text) => text.split('\n')[0])).toEqual([
    'Requests for /v2/models/iris/* if header x-tester is "yes" on models.example.com',
    'Requests for /v2/models/iris/* if header x-tester is not "yes" on models.example.com',
    'Requests for /v2/models/irs/* if header x-tester is "yes" on models.example.com',
    'Requests for /v2/models/irs/* if header x-tester is not "yes" on models.example.com',
    'Nothing else changes.',
  ]);
  expect(out).toContain('  404 not-found 0 % → 100 %\n  iris.models.svc.cluster.local:8080 subset v2 100 % → 0 %\n  curl -H \'x-tester: yes\' http://models.example.com/v2/models/iris/infer\n');
});

test.each([
  ['the same manifests', BEFORE],
  ['another order of documents', BEFORE.split('\n---\n').reverse().join('\n---\n')],
  ['other names of rules', BEFORE.replace('- match:\n        - uri: { exact: /v2/models/iris }', '- name: iris\n      match:\n        - uri: { exact: /v2/models/iris }')],
])('%s: nothing changes', (_what, after) => {
  expect(diff(states(after), '--max-shift', '0', '--no-new-access', '--no-unanswered')).toEqual({ code: 0, out: 'Nothing changes.\n', err: '' });
});

describe('a budget', () => {
  test.each([
    [['--max-shift', '19.9'], '--max-shift: 20 percentage points move, and 19.9 percentage points may '],
    [['--only', 'models/wine', '--only', 'models.example.com/v2/models/wine'], '--only: the change is outside the endpoints that may change '],
  ])('%j is exceeded by weights', (args, text) => {
    const also = BEFORE + '---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: wine, namespace: models }\nspec: { hosts: [wine.example.com], gateways: [istio-system/gateway], http: [{ directResponse: { status: 200 } }] }\n';
    const { code, out } = diff(states(also.replace('weight: 75', 'weight: 55').replace('weight: 25', 'weight: 45'), also), ...args);
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, ' ')).toContain(text);
  });

  test.each([
    [['--max-shift', '20']],
    [['--no-new-access', '--no-unanswered']],
    [['--only', 'models/iris']],
    [['--only', 'models.example.com']],
    [['--only', 'models.example.com/v2/models/iris']],
    [['--only', '/v2/models']],
  ])('%j allows the weights', (args) => {
    expect(diff(states(WEIGHTS), ...args).code).toBe(0);
  });

  test('--only with a path excludes those of neighbours', () => {
    const large = BEFORE.replaceAll('prefix: /v2/models/iris/', 'prefix: /v2/models/iris-large/');
    expect(diff(states(large), '--only', 'models.example.com/v2/models/iris').code).toBe(1);
    expect(diff(states(large), '--only', 'models.example.com/v2/models/iris', '--only', '/v2/models/iris-large').code).toBe(0);
  });

  test('--only with a VirtualService excludes requests that it takes from another one', () => {
    const rule = ([path, status]: readonly [string, number]) => `{ match: [{ uri: { prefix: ${path} } }], directResponse: { status: ${status} } }`;
    const service = (name: string, ...paths: readonly (readonly [string, number])[]) => (
      `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: models }\nspec: { hosts: [models.example.com], gateways: [istio-system/gateway], http: [${paths.map(rule).join(', ')}] }\n`
    );
    const wine = service('wine', ['/wine/', 200]);
    const [before, after] = [wine + service('beer', ['/beer/', 201]), wine + service('beer', ['/beer/', 201], ['/wine/red', 202])];
    expect(diff(states(BEFORE + after, BEFORE + before), '--only', 'models/beer').code).toBe(1);
    expect(diff(states(BEFORE + after, BEFORE + before), '--only', 'models/beer', '--only', 'models/wine').code).toBe(0);
  });

  test('a wrong prefix takes answers away, and gives access', () => {
    const { code, out } = diff(states(WRONG_PREFIX), '--no-unanswered', '--no-new-access');
    const text = out.replace(/\s+/g, ' ');
    expect(code).toBe(1);
    expect(text).toContain('--no-unanswered: more requests get no answer: 404 not-found 0 % → 100 % (Requests for /v2/models/iris/* if header x-tester is "yes" on models.example.com (istio-system/gateway:80))');
    expect(text).toContain('--no-new-access: requests gain access to iris.models.svc.cluster.local:8080 subset v2 (Requests for /v2/models/irs/* if header x-tester is "yes"');
  });
});

test('Git revisions', () => {
  const folder = folderWith({ 'dist/routes.yaml': BEFORE });
  const git = (...args: readonly string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, stdio: 'pipe' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'routes');
  writeFiles(folder, { 'dist/routes.yaml': WEIGHTS });
  expect(run(folder, ['diff', '--before', 'HEAD'])).toMatchObject({ err: '', out: expect.stringContaining('subset v2 25 % → 45 %') });

  writeFiles(folder, { 'new/routes.yaml': BEFORE });
  expect(run(folder, ['diff', '--before', 'HEAD', 'new']).err).toBe('Revision "HEAD" has no manifests in new, so everything is new.\n');
});

test('a Gateway that exists in one state only', () => {
  const gateway = BEFORE.slice(0, BEFORE.indexOf('---\n')).replace('name: gateway,', 'name: wines,').replace('number: 80', 'number: 8080').replace('models.example.com', 'wine.example.com');
  const route = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: wine, namespace: models }
spec: { hosts: [wine.example.com], gateways: [istio-system/wines], http: [{ match: [{ uri: { exact: /wine } }], directResponse: { status: 200 } }] }
`;
  expect(diff(states(BEFORE, `${BEFORE}---\n${gateway}${route}`)).out).toContain(`Requests for /wine on wine.example.com (istio-system/wines:8080):
  closed connection 0 % → 100 %
  direct response 200 100 % → 0 %
  curl -H 'Host: wine.example.com' http://wine.example.com:8080/wine
`);
});

test('a Gateway that is gone, next to another one on the same port', () => {
  const other = (name: string) => `---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: ${name}, namespace: istio-system }\nspec: { selector: { app: ${name} }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }\n`;
  const route = (gateway: string) => `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: wine, namespace: models }\nspec: { hosts: [wine.example.com], gateways: [istio-system/${gateway}], http: [{ directResponse: { status: 200 } }] }\n`;
  const { out } = diff(states(BEFORE + other('two') + route('two'), BEFORE + other('one') + other('two') + route('one') + route('two').replace('name: wine', 'name: more')));
  expect(out).toContain('closed connection 0 % → 100 %');
  expect(out).not.toContain('neither curl nor grpcurl');
});

describe('several clusters', () => {
  const stages = (production: string, development: string) => ({ 'production/routes.yaml': production, 'development/routes.yaml': development });
  const named = (files: { readonly [path: string]: string }, folder: string) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  const DEVELOPMENT = BEFORE.replace('timeout: 5s', 'timeout: 6s');

  test('are paired by their folders', () => {
    const folder = folderWith({ ...named(stages(BEFORE, DEVELOPMENT), 'before'), ...named(stages(WEIGHTS, DEVELOPMENT), 'after') });
    const { out } = diff(folder);
    expect(out).toMatch(/^# production\/routes.yaml\n\nRequests for \/v2\/models\/iris/);
    expect(out).toMatch(/\nNothing else changes\.\n\nNothing changes in the other cluster\.\n$/);
    expect(JSON.parse(diff(folder, '-o', 'json').out).map(({ manifests }: { manifests: string }) => manifests)).toEqual(['development/routes.yaml', 'production/routes.yaml']);
  });
});

test('routes inside the mesh only', () => {
  const routes = (name: string) => `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: iris, namespace: models }\nspec: { hosts: [iris], http: [{ route: [{ destination: { host: ${name} } }] }] }\n`;
  expect(diff(states(routes('two'), routes('one')))).toEqual({
    code: 0,
    err: '',
    out: `Requests for /* on iris.models.svc.cluster.local (mesh:80):
  two.models.svc.cluster.local:80 0 % → 100 %
  one.models.svc.cluster.local:80 100 % → 0 %
  curl http://iris.models.svc.cluster.local/
  a workload of the mesh in namespace models sends it.

Nothing else changes.
`,
  });
});

test("routes that Seldon's operator creates", () => {
  const deployment = (traffic: number) => `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models }
spec:
  predictors:
    - { name: main, traffic: ${traffic}, graph: { name: main, implementation: SKLEARN_SERVER, modelUri: gs://iris } }
    - { name: next, traffic: ${100 - traffic}, graph: { name: main, implementation: SKLEARN_SERVER, modelUri: gs://iris } }
`;
  const folder = folderWith({ 'before/iris.yaml': deployment(90), 'after/iris.yaml': deployment(80), 'seldon-istio.yaml': 'core1Routes: operator\n' });
  expect(diff(folder)).toMatchObject({ code: 0, out: expect.stringContaining('  Predictor models/iris/next 10 % → 20 %\n') });
});

test('clusters that are alike in one state only', () => {
  const both = (folder: string, production: string, development: string) => ({ [`${folder}/production/routes.yaml`]: production, [`${folder}/development/routes.yaml`]: development });
  const forth = diff(folderWith({ ...both('before', BEFORE, BEFORE), ...both('after', WEIGHTS, BEFORE) }), '--max-shift', '20');
  expect(forth).toMatchObject({ code: 0, out: expect.stringMatching(/^# production\/routes.yaml\n\nRequests for \/v2\/models\/iris[^#]*\nNothing changes in the other cluster\.\n$/) });
  const back = diff(folderWith({ ...both('before', WEIGHTS, BEFORE), ...both('after', BEFORE, BEFORE) }), '--max-shift', '20');
  expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/^# production\/routes.yaml\n\nRequests for \/v2\/models\/iris[^#]*\nNothing changes in the other cluster\.\n$/) });
});

test('a cluster that is new', () => {
  const folder = folderWith({ 'before/production/routes.yaml': BEFORE, 'after/production/routes.yaml': BEFORE, 'after/development/routes.yaml': WEIGHTS });
  expect(diff(folder).out).toMatch(/^# development\/routes.yaml\n\nRequests for[^#]*closed connection 100 % → 0 %[^#]*\nNothing changes in the other cluster\.\n$/);
});

describe('other formats', () => {
  test('JSON', () => {
    const { changes, undecided, violations } = JSON.parse(diff(states(WEIGHTS), '-o', 'json', '--max-shift', '10').out);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      host: 'models.example.com',
      entrances: ['istio-system/gateway:80'],
      shift: 20,
      shares: [
        { kind: 'answered', name: 'iris.models.svc.cluster.local:8080 subset v2', before: 25, after: 45 },
        { kind: 'answered', name: 'iris.models.svc.cluster.local:8080 subset v1', before: 75, after: 55 },
      ],
      gained: [],
      lost: [],
    });
    expect(changes[0].classes[0].command).toEqual({ kind: 'curl', text: 'curl http://models.example.com/v2/models/iris', notes: [] });
    expect(undecided).toEqual([]);
    expect(violations).toEqual([{ option: '--max-shift', text: '20 percentage points move, and 10 percentage points may', requests: expect.stringContaining('Requests for /v2/models/iris') }]);
  });

  test('Markdown', () => {
    expect(diff(states(WEIGHTS), '-o', 'markdown', '--max-shift', '10').out).toBe(`## Change of traffic

**Exceeds \`--max-shift\`**: 20 percentage points move, and 10 percentage points may (Requests for /v2/models/iris and /v2/models/iris/\\* if header x-tester is not "yes" on models.example.com (istio-system/gateway:80))

| Requests | Change |
| --- | --- |
| Requests for /v2/models/iris and /v2/models/iris/\\* if header x-tester is not "yes" on models.example.com (istio-system/gateway:80) | iris.models.svc.cluster.local:8080 subset v2 25 % → 45 %<br>iris.models.svc.cluster.local:8080 subset v1 75 % → 55 % |

Nothing else changes.

<details><summary>Requests that show the changes</summary>

\`\`\`shell
curl http://models.example.com/v2/models/iris
\`\`\`

</details>
`);
  });

  test('SARIF', () => {
    const { runs: [{ results }] } = JSON.parse(diff(states(WEIGHTS), '-o', 'sarif', '--max-shift', '10').out);
    expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([['traffic-budget', 'error'], ['traffic-change', 'note']]);
    expect(results[1].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'after/routes.yaml' }, region: { startLine: 23, startColumn: 11 } });
  });
});

describe('bad input', () => {
  test.each([
    [['after'], 'there is nothing to compare with. Give the earlier state with --before, as in `--before main` or `--before old/`.'],
    [['--before', 'nope', 'after'], '"nope" is not a folder, and no revision can be read from Git'],
    [['--before', 'before/routes.yaml', 'after'], 'before/routes.yaml is a file. Give a folder or a revision of Git with --before.'],
    [['--before', 'before', 'after', '--max-shift', 'abc'], '--max-shift is "abc", but must be a number of percentage points from 0 to 100.'],
    [['--before', 'before', 'after', '--max-shift', '101'], '--max-shift is "101", but must be a number of percentage points from 0 to 100.'],
    [['--before', 'before', 'after', '--max-shift', '1e1'], '--max-shift is "1e1", but must be a number of percentage points from 0 to 100.'],
    [['--before', 'before', 'after', '--only', 'model.example.com'], '--only is "model.example.com", and neither a VirtualService nor a host has this name. Did you mean "models.example.com"?'],
    [['--before', 'before', 'after', '--only', 'nothing'], '--only is "nothing", and neither a VirtualService nor a host has this name. Write a host, a host with a path, or NAMESPACE/NAME.'],
    [['--before', 'before', 'after', '-o', 'xml'], '-o is "xml", but must be text, json, markdown or sarif.'],
    [['--before', 'before', 'empty'], 'there are no manifests in empty. Synthesize first, or give another folder.'],
    [['--before', 'empty', 'after'], 'there are no routes in empty. Give the folder of the earlier state with --before.'],
    [['--before', 'before', 'other'], 'the two states have no Gateway in common, so they are those of different meshes: istio-system/gateway before, and x/other after.'],
  ])('%j', (args, message) => {
    const folder = states(WEIGHTS);
    writeFiles(folder, { 'empty/notes.txt': '', 'other/routes.yaml': BEFORE.replaceAll('istio-system/gateway', 'x/other') });
    const { code, out, err } = run(folder, ['diff', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('the only Gateway has another name', () => {
    const renamed = BEFORE.replaceAll('istio-system/gateway', 'istio-system/renamed').replace(/(kind: Gateway\nmetadata: \{ ?name: )gateway/, '$1renamed');
    expect(renamed).toMatch(/kind: Gateway\n.*name: renamed/);
    expect(diff(states(renamed))).toEqual({ code: 0, err: '', out: 'Nothing changes.\n' });
  });

  test('a file that cannot be read', () => {
    const folder = states(WEIGHTS);
    writeFiles(folder, { 'after/broken.yaml': 'apiVersion: v1\nkind: [\n' });
    const { code, out, err } = diff(folder);
    expect([code, err]).toEqual([2, expect.stringContaining('after/broken.yaml:3 is left out, since it could not be read')]);
    expect(out).toContain('subset v2 25 % → 45 %');
  });
});

test('the help lists the exit codes', () => {
  expect(run('.', ['diff', '--help']).out).toContain('  3  It is not decided for all requests whether their answers are different.\n');
});

describe('objects that are rejected', () => {
  const rejected = (match: string) => BEFORE.replace('- uri: { exact: /v2/models/iris }', `- uri: ${match}`);

  test.each([
    ['{ glob: /v2 }', 'VirtualService models/iris has spec.http[1].match[0].uri.glob, and its kind has no such field'],
    ['{ exact: /a, prefix: /b }', 'spec.http[1].match[0].uri has both exact and prefix, so the API server rejects VirtualService models/iris'],
    ["{ regex: '(' }", 'the expression "(" is not valid: missing closing ): `(`, so Istio rejects VirtualService models/iris'],
  ])('%s is not decided', (match, reason) => {
    const after = diff(states(rejected(match)));
    expect(after.code).toBe(3);
    expect(after.out.replace(/\s+/g, ' ')).toContain(`Not decided: requests on models.example.com, since ${reason}.`);
    const before = diff(states(BEFORE, rejected(match)));
    expect(before.code).toBe(3);
    expect(before.out.replace(/\s+/g, ' ')).toContain(`Not decided: requests on models.example.com, since before the change, ${reason}.`);
  });

  test('one that does not change is not looked at', () => {
    const state = rejected('{ glob: /v2 }');
    expect(diff(states(state, state))).toEqual({ code: 0, out: 'Nothing changes.\n', err: '' });
  });

  test('a rejected object without hosts concerns all of them', () => {
    const policy = '---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: one, namespace: other }\nspec: { action: FORBID }\n';
    expect(diff(states(BEFORE + policy)).out).toContain('Not decided: requests, since spec.action is "FORBID"');
  });
});
