import { folderWith, run } from '../support/cli';
import { ROUTES } from '../support/traffic';

const folder = folderWith({ 'dist/routes.yaml': ROUTES });

test('draws the folder dist', () => {
  const { code, out, err } = run(folder, ['diagram']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^%%{init: .*}%%\nflowchart LR\n[^]*"Host models\.example\.com"[^]*class proxy1 proxy\n$/);
});

test('draws hosts', () => {
  const two = folderWith({ 'dist/routes.yaml': ROUTES.replaceAll('hosts: [models.example.com]', 'hosts: [models.example.com, other.example.com]') });
  const { out } = run(two, ['diagram', 'dist', '--host', 'other.example.com']);
  expect(out).toContain('"Host other.example.com"');
  expect(out).not.toContain('"Host models.example.com"');
  const both = run(two, ['diagram', 'dist', '--host', 'other.example.com', '--host', 'models.example.com']);
  expect(both.out).toBe(run(two, ['diagram']).out);
});

test('writes Markdown', () => {
  const { out } = run(folder, ['diagram', '-o', 'markdown']);
  expect(out).toBe(`\`\`\`mermaid\n${run(folder, ['diagram']).out}\`\`\`\n`);
});

test('several clusters are several diagrams', () => {
  const several = folderWith({ 'dist/a/routes.yaml': ROUTES, 'dist/b/routes.yaml': ROUTES.replace('weight: 75', 'weight: 65').replace('weight: 25', 'weight: 35') });
  expect(run(several, ['diagram'])).toEqual({
    code: 2, out: '', err: 'seldon-istio: the manifests are those of 2 clusters, and a Mermaid file has one diagram. Give the folder of one of them, or use -o markdown.\n',
  });
  const headings = run(several, ['diagram', '-o', 'markdown']).out.split('\n').filter((line) => /^#|^```/.test(line));
  expect(headings).toEqual(['# dist/a/routes.yaml', '```mermaid', '```', '# dist/b/routes.yaml', '```mermaid', '```']);
});

test.each([
  [['--host', 'model.example.com'], 'host "model.example.com" has no routes. Did you mean "models.example.com"?\n'],
  [['--host'], '--host needs a value (HOST).\nUse `seldon-istio --help` to list commands and options.\n'],
  [['-o', 'svg'], '-o is "svg", but must be mermaid or markdown.\nUse `seldon-istio --help` to list commands and options.\n'],
])('fails for %j', (args, error) => {
  expect(run(folder, ['diagram', ...args])).toEqual({ code: 2, out: '', err: `seldon-istio: ${error}` });
});

test('fails without manifests', () => {
  expect(run(folderWith(), ['diagram']).err).toContain('there are no manifests. Give files or folders, as in `seldon-istio diagram dist/`');
});

test('draws what could be read', () => {
  const { code, out, err } = run(folderWith({ 'dist/a.yaml': ROUTES, 'dist/b.yaml': 'apiVersion: v1\nkind: [\n' }), ['diagram']);
  expect(code).toBe(2);
  expect(out).toContain('flowchart LR');
  expect(err).toContain('dist/b.yaml');
});

test('has help', () => {
  expect(run(folder, ['diagram', '--help']).out).toMatch(/^Usage: seldon-istio diagram \[paths…\] \[options\]\n\nWrites a flowchart of Mermaid/);
});
