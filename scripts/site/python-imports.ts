const IMPORT = /^from (\S+) import (.*)\n/gm;

/** jsii-rosetta takes the name of a type of `k8s` for that of its module. */
const K8S_IMPORT = /^from cdk8s_plus_27\.[A-Z]\w* import /gm;

/** A Python program that imports each module once, and each name once: jsii-rosetta imports types of properties by a line of their own. */
export function withPythonImports(code: string): string {
  const names = new Map<string, Set<string>>();
  const body = code.replace(K8S_IMPORT, 'from cdk8s_plus_27.k8s import ').replace(IMPORT, (_line, module: string, imported: string) => {
    const known = names.get(module) ?? new Set();
    for (const name of imported.split(', ')) known.add(name);
    names.set(module, known);
    return '';
  });
  const lines = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([module, imported]) => `from ${module} import ${[...imported].sort().join(', ')}\n`);
  return `${lines.join('')}${body}`;
}
