/**
 * Loads the TypeScript of a folder again for each run, and compiles each file once.
 */
import { existsSync, readFileSync, statSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join, relative, resolve, sep } from 'path';
import { compileFunction } from 'vm';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

type Evaluate = (exports: unknown, require: (request: string) => unknown, module: { exports: unknown }, file: string, folder: string) => void;

/** The modules of one run: each is evaluated at most once, as in a process of its own. */
export type Modules = Map<string, { exports: unknown }>;

/** Loads the modules of one folder. Packages are loaded once for the life of the process, since no mutant is in them. */
export class ModuleLoader {
  private readonly evaluators = new Map<string, Evaluate>();
  private readonly resolved = new Map<string, string>();

  /**
   * @param root The folder with the sources.
   * @param aliases The files that stand for names of packages, by name.
   */
  constructor(private readonly root: string, private readonly aliases: { readonly [name: string]: string } = {}) {}

  /**
   * Evaluates a file, and what it imports, unless `modules` has it already.
   *
   * @param file The absolute path of the file.
   * @param modules The modules that were evaluated so far.
   */
  load(file: string, modules: Modules): unknown {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    this.evaluator(file)(module.exports, (request) => this.require(request, file, modules), module, file, dirname(file));
    return module.exports;
  }

  private require(request: string, from: string, modules: Modules): unknown {
    const file = this.resolve(request, from);
    return file.endsWith('.ts') && this.owns(file) ? this.load(file, modules) : createRequire(from)(request);
  }

  private owns(file: string): boolean {
    const path = relative(this.root, file);
    return !path.startsWith('..') && !path.split(sep).includes('node_modules');
  }

  private resolve(request: string, from: string): string {
    const alias = this.aliases[request];
    if (alias !== undefined) return join(this.root, alias);
    if (!request.startsWith('.')) return request;
    const path = resolve(dirname(from), request);
    const known = this.resolved.get(path);
    if (known !== undefined) return known;
    const file = [`${path}.ts`, join(path, 'index.ts'), path].find((each) => existsSync(each) && statSync(each).isFile()) ?? path;
    this.resolved.set(path, file);
    return file;
  }

  private evaluator(file: string): Evaluate {
    const known = this.evaluators.get(file);
    if (known !== undefined) return known;
    const { outputText } = transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true, experimentalDecorators: true },
      fileName: file,
    });
    const evaluate = compileFunction(outputText, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: file }) as Evaluate;
    this.evaluators.set(file, evaluate);
    return evaluate;
  }
}
