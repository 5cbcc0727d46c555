import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Canary, Gateway, GatewayServer, Model } from '../src';
import { folderWith, run } from './support/cli';
import { page } from './support/code-in-docs';

const text = page('diff');

/** The manifests with a share of the requests for the new model. */
function manifests(weight: number): string {
  const app = new App();
  const chart = new Chart(app, 'models', { namespace: 'models' });
  const gateway = new Gateway(chart, 'gateway', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts: ['models.example.com'] })] });
  const [stable, canary] = ['iris-v1', 'iris-v2'].map((id) => new Model(chart, id, { storageUri: `gs://models/${id}`, requirements: ['sklearn'] }));
  new Canary(chart, 'iris', { gateways: [gateway], hosts: ['models.example.com'], stable, canary, weight });
  return app.synthYaml();
}

/** The comment about the change from one state to another one. */
function comment(before: string, after: string): string {
  return run(folderWith({ 'before/a.yaml': before, 'after/a.yaml': after }), ['diff', '--before', 'before', '--output', 'markdown', 'after']).out;
}

test('the comments are those of the three commits', () => {
  const [none, some, all] = [0, 30, 100].map(manifests);
  const wrong = all.replaceAll('prefix: /v2/models/iris/', 'prefix: /v2/model/iris/');
  const shown = [...text.matchAll(/^<!-- comment -->\n([\s\S]*?)^<!-- end -->$/gm)].map(([, each]) => each.trim());
  expect(shown).toEqual([comment(none, some), comment(some, all), comment(all, wrong)].map((each) => each.replaceAll('## Change', '### Change').trim()));
});

test('the last one exceeds its budget', () => {
  const all = manifests(100);
  const folder = folderWith({ 'before/a.yaml': all, 'after/a.yaml': all.replaceAll('prefix: /v2/models/iris/', 'prefix: /v2/model/iris/') });
  expect(run(folder, ['diff', '--before', 'before', 'after', '--no-unanswered']).code).toBe(1);
});

test('the workflows are YAML, and call the command with options that exist', () => {
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks.flatMap((block) => parseAllDocuments(block).flatMap(({ errors }) => errors))).toEqual([]);
  const commands = [...blocks.join('\n').matchAll(/cdk8s-seldon-istio (diff .*?) dist\//g)].map(([, command]) => command.replace(/\$\{\{.*?\}\}/g, 'main').split(' '));
  expect(commands).toHaveLength(2);
  const folder = folderWith({ 'before/a.yaml': manifests(10), 'dist/a.yaml': manifests(30) });
  for (const words of commands) expect(run(folder, [...words.map((word) => (/^(origin\/main|FETCH_HEAD)$/.test(word) ? 'before' : word)), 'dist/'])).toMatchObject({ code: 0, err: '' });
});
