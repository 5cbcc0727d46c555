import { spawnSync } from 'child_process';
import { cpSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import { parse } from 'yaml';
import * as library from '../../src';
import { folderWith, run } from '../support/cli';

// The repository of the example, with its history: each commit is a pull request, about which CI writes a comment.

const ROOT = join(__dirname, '../..');
const EXAMPLE = join(ROOT, 'examples/pull-requests');
const FIRST = { 'dist/models.k8s.yaml': readFileSync(join(ROOT, 'dist/pull-requests/models.k8s.yaml'), 'utf8') };
const COMMITS = readdirSync(join(EXAMPLE, 'commits')).filter((name) => name.endsWith('.patch')).map((name) => name.replace('.patch', '')).sort();

const textOf = (path: string) => readFileSync(join(EXAMPLE, path), 'utf8');

function git(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=Team', '-c', 'user.email=team@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd });
  if (status !== 0) throw new Error(stderr.toString());
}

/** The manifests that the program in a folder writes. */
function synthesized(folder: string): string {
  let manifests = '';
  class ShownApp extends library.FastApp {
    public synth(): void {
      manifests = this.synthYaml();
    }
  }
  const modules: { readonly [module: string]: unknown } = { 'cdk8s': cdk8s, 'cdk8s-seldon-istio': { ...library, FastApp: ShownApp } };
  const program = ts.transpile(readFileSync(join(folder, 'main.ts'), 'utf8'), { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  new Function('require', 'exports', program)((module: string) => modules[module], {});
  return manifests;
}

interface Reviewed {
  readonly commit: string;
  readonly isSynthesized: boolean;
  readonly comment: string;
  readonly code: number;
}

/** What CI finds about each commit, with the command of a workflow. */
function reviews(command: readonly string[]): readonly Reviewed[] {
  const folder = folderWith(FIRST);
  cpSync(join(EXAMPLE, 'main.ts'), join(folder, 'main.ts'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'feat: a second version of iris, without requests');
  return COMMITS.map((commit) => {
    git(folder, 'am', '--quiet', join(EXAMPLE, 'commits', `${commit}.patch`));
    const { code, out, err } = run(folder, command);
    expect(err).toBe('');
    return { commit, isSynthesized: synthesized(folder) === readFileSync(join(folder, 'dist/models.k8s.yaml'), 'utf8'), comment: out, code };
  });
}

/** The command of a workflow, with the commit before as the state to compare with. */
function commandIn(workflow: string): readonly string[] {
  const [, words] = /npx cdk8s-seldon-istio (diff .*?) > comment\.md/.exec(textOf(workflow))!;
  return words.replace(/origin\/\$\{\{ github\.base_ref \}\}|"\$CI_MERGE_REQUEST_DIFF_BASE_SHA"/, 'HEAD^').split(' ');
}

test.each(['.github/workflows/traffic.yml', '.gitlab-ci.yml'])('%s writes the comments of the three commits, and fails for the last one', (workflow) => {
  expect(reviews(commandIn(workflow))).toEqual([['1-canary', 0], ['2-promotion', 0], ['3-wrong-prefix', 1]].map(([commit, code]) => (
    { commit, isSynthesized: true, comment: textOf(`commits/${commit}.md`), code }
  )));
});

test('the workflows run for requests to merge, with the whole history', () => {
  expect(parse(textOf('.github/workflows/traffic.yml'))).toMatchObject({ on: 'pull_request', jobs: { traffic: { steps: [{ with: { 'fetch-depth': 0 } }, {}, {}, {}, {}, {}] } } });
  expect(parse(textOf('.gitlab-ci.yml'))).toMatchObject({ traffic: { rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }], variables: { GIT_DEPTH: 0 } } });
});
