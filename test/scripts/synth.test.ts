import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { synth } from '../../scripts/synth';
import { synthesizeApps } from '../../scripts/synthesize-apps';

let project: string;
const outdir = process.env.CDK8S_OUTDIR;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'synth-'));
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
  if (outdir === undefined) delete process.env.CDK8S_OUTDIR;
  else process.env.CDK8S_OUTDIR = outdir;
});

function write(path: string, text: string): void {
  mkdirSync(join(project, path, '..'), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** An app that writes one manifest. */
function app(name: string): string {
  return `const fs = require('fs');
    fs.mkdirSync(process.env.CDK8S_OUTDIR, { recursive: true });
    fs.writeFileSync(process.env.CDK8S_OUTDIR + '/app.k8s.yaml', 'name: ${name}\\n');`;
}

describe('synth', () => {
  test('puts new manifests in the place of the old ones', () => {
    write('cdk8s.yaml', 'language: typescript\napp: node app.js\n');
    write('app.js', app('new'));
    write('dist/old.k8s.yaml', 'name: old\n');

    expect(synth(project)).toEqual(0);
    expect(readdirSync(join(project, 'dist'))).toEqual(['app.k8s.yaml']);
    expect(readFileSync(join(project, 'dist/app.k8s.yaml'), 'utf8')).toEqual('name: new\n');
    expect(readdirSync(project).sort()).toEqual(['app.js', 'cdk8s.yaml', 'dist']);
  });

  test('leaves the old manifests when the app fails', () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    write('cdk8s.yaml', 'language: typescript\napp: node app.js\n');
    write('app.js', `${app('half')}\nprocess.exit(3);`);
    write('dist/old.k8s.yaml', 'name: old\n');

    expect(synth(project)).not.toEqual(0);
    expect(readdirSync(join(project, 'dist'))).toEqual(['old.k8s.yaml']);
    expect(readFileSync(join(project, 'dist/old.k8s.yaml'), 'utf8')).toEqual('name: old\n');
    expect(readdirSync(project).sort()).toEqual(['app.js', 'cdk8s.yaml', 'dist']);
  });
});

describe('synthesizeApps', () => {
  test('writes each app into a folder of its name', () => {
    write('apps/a/main.js', app('a'));
    write('apps/b/main.js', app('b'));
    write('apps/README.md', 'no app');
    synthesizeApps(join(project, 'apps'), join(project, 'out'));

    expect(readdirSync(join(project, 'out'))).toEqual(['a', 'b']);
    expect(readFileSync(join(project, 'out/b/app.k8s.yaml'), 'utf8')).toEqual('name: b\n');
  });

  test('writes nothing when one of them fails', () => {
    write('apps/a/main.js', app('a'));
    write('apps/b/main.js', 'throw new Error("wrong weight");');

    expect(() => synthesizeApps(join(project, 'apps'), join(project, 'out'))).toThrow('wrong weight');
    expect(readdirSync(project)).toEqual(['apps']);
  });
});
