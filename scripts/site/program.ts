import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../../src';

/** Runs a program that synthesizes an app, and returns its YAML. Nothing is written. */
export function yamlOf(program: string): string {
  const apps: cdk8s.App[] = [];
  const unwritten = (base: typeof cdk8s.App) => class extends base {
    public synth(): void {
      apps.push(this);
    }
  };
  const modules: { readonly [name: string]: unknown } = {
    'cdk8s': { ...cdk8s, App: unwritten(cdk8s.App) },
    'cdk8s-seldon-istio': { ...library, FastApp: unwritten(library.FastApp) },
  };
  const code = ts.transpile(program, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  new Function('require', 'exports', code)((name: string) => modules[name], {});
  return apps.map((app) => app.synthYaml()).join('---\n');
}
