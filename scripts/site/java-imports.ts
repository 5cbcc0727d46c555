import { readFileSync } from 'fs';
import { join } from 'path';
import { Assembly } from './assembly';

/** The package of a type in Java, by its name; undefined if there is no such type. */
export type JavaPackages = (name: string) => string | undefined;

const COLLECTIONS: readonly string[] = ['List', 'Map'];

/** The packages of the types that programs use. */
export function javaPackages(root: string): JavaPackages {
  const own = new Set(Assembly.in(root).types.map(({ name }) => name));
  const peers = [['cdk8s', 'cdk8s', 'org.cdk8s'], ['cdk8s-plus-27', 'cdk8s-plus-27.k8s', 'org.cdk8s.plus27.k8s']].map(([module, prefix, name]) => {
    const { types } = JSON.parse(readFileSync(join(root, 'node_modules', module, '.jsii'), 'utf8')) as { types: { readonly [fqn: string]: unknown } };
    return { has: (type: string) => `${prefix}.${type}` in types, name };
  });
  return (type) => {
    if (COLLECTIONS.includes(type)) return 'java.util';
    return own.has(type) ? 'io.github.cdk8sseldonistio' : peers.find(({ has }) => has(type))?.name;
  };
}

/** A Java program that imports all types that it uses: jsii-rosetta leaves out collections, and types that the program in TypeScript does not name. */
export function withJavaImports(code: string, packageOf: JavaPackages): string {
  const imports = new Set<string>();
  const body = code.replace(/^import .*;\n/gm, (line) => {
    imports.add(line);
    return '';
  });
  const used = [...body.matchAll(/\b([A-Z]\w*)\.(?:of|builder)\(|^([A-Z]\w*) \w+ = /gm)].map(([, called, declared]) => called ?? declared);
  for (const name of used) {
    const javaPackage = packageOf(name);
    if (javaPackage !== undefined) imports.add(`import ${javaPackage}.${name};\n`);
  }
  return `${[...imports].sort().join('')}${body}`;
}
