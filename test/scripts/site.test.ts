import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { anchorOf, deadLinks } from '../../scripts/site/dead-links';
import { linksOfGallery } from '../../scripts/site/example-page';
import { manifestsIn } from '../../scripts/site/manifests';
import { yamlOf } from '../../scripts/site/program';
import { minimalPrograms } from '../../scripts/site/programs';
import { generatedPages, linksOfSite, writtenPages } from '../../scripts/site/written-pages';
import * as library from '../../src';
import { readMermaid } from '../support/mermaid';

const ROOT = join(__dirname, '../..');
const programs = minimalPrograms(ROOT);
const pages = writtenPages(ROOT);

/** Classes that apps do not create. */
const ABSTRACT = ['KubernetesObject'];

describe('the page of a construct', () => {
  test('has a program', () => {
    const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct && !(value.prototype instanceof App)).map(([name]) => name);
    expect([...programs.keys(), ...ABSTRACT].sort()).toEqual(constructs.sort());
  });

  test.each([...programs])('%s: its program creates it, and gives no warning', (name, program) => {
    expect(program).toMatch(new RegExp(`new ${name}\\(chart,`));
    const warn = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(yamlOf(program)).toMatch(/^apiVersion: /);
      expect(warn.mock.calls.filter(([text]) => String(text).startsWith('warning'))).toEqual([]);
    } finally {
      warn.mockRestore();
    }
  });
});

describe('pages', () => {
  const startPages = [...pages.keys()].filter((path) => path.startsWith('get-started'));

  test.each(startPages)('%s has a program that works', (path) => {
    const [, program] = /```ts\n(import [^`]*)```/.exec(pages.get(path)!)!;
    const yaml = yamlOf(program);
    expect(yaml).toContain('kind: VirtualService');
    expect(library.Traffic.fromManifests(yaml).table()).toContain('90 % ');
  });

  test('have no links that lead nowhere', () => {
    const generated = [...pages.values()].flatMap((text) => [...text.matchAll(/\]\((gallery\/[\w-]+\.md)\)/g)].map(([, path]) => [path, ''] as const));
    const schemas = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.schema.json'));
    expect(deadLinks(new Map([...pages, ...generatedPages(ROOT), ...generated]), new Set(schemas))).toEqual([]);
    for (const [path] of generated) expect(readFileSync(join(ROOT, 'examples', path.slice('gallery/'.length, -3), 'main.ts'), 'utf8')).not.toBe('');
  });

  test('have diagrams that Mermaid reads', () => {
    const diagrams = [...pages.values()].flatMap((text) => [...text.matchAll(/```mermaid\n([^`]*)```/g)].map(([, diagram]) => diagram));
    expect(diagrams.length).toBeGreaterThan(0);
    for (const { edges } of readMermaid(...diagrams)) expect(edges.length).toBeGreaterThan(3);
  });

  test('are listed on the first one', () => {
    const first = pages.get('index.md')!;
    expect([...pages.keys()].filter((path) => path !== 'index.md' && !first.includes(`](${path})`))).toEqual([]);
  });
});

describe('links', () => {
  const dead = (text: string, ...more: readonly (readonly [string, string])[]) => deadLinks(new Map([['a/page.md', text], ...more]), new Set(['schema.json']));

  test.each([
    '[x](https://example.com/missing)', '[x](#title)\n\n# Title', '[x](../b.md)', '[x](../b.md#one-more)', '[x](../b.md#one-more-1)', '[x](../schema.json)', '`[x](missing.md)`',
    '```md\n[x](missing.md)\n```', '[x](#of-canary)\n\n## Of `Canary`', '[x](#see-b)\n\n## See [b](../b.md)', '[x](mailto:a@example.com)',
  ])('%j leads somewhere', (text) => {
    expect(dead(text, ['b.md', '# One more\n\n## One more'])).toEqual([]);
  });

  test.each([
    ['[x](b.md)', 'b.md'], ['[x](../b.md#two)', '../b.md#two'], ['[x](#title)', '#title'], ['![x](picture.png)', 'picture.png'], ['[x](../other.json)', '../other.json'],
    ['[x](#heading)\n\n```md\n# Heading\n```', '#heading'],
  ])('%j leads nowhere', (text, link) => {
    expect(dead(text, ['b.md', '# One'])).toEqual([`a/page.md: ${link}`]);
  });

  test('anchors are those of code hosts', () => {
    expect(anchorOf('Seldon Core 1: who owns the `routes`?')).toBe('seldon-core-1-who-owns-the-routes');
  });

  test('to examples lead to the gallery, others to the code host', () => {
    expect(linksOfSite('[a](../examples/core1-canary) [b](../CHANGELOG.md) [c](README.md) [d](check.md)')).toBe(
      '[a](gallery/core1-canary.md) [b](https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio/blob/main/CHANGELOG.md) [c](index.md) [d](check.md)');
  });
});

test('links of the README of an example lead to pages and other examples, and not to files', () => {
  expect(linksOfGallery('[a](../../docs/check.md#in-ci) [b](../core1-canary) [c](main.ts) [d](commits/1.md) [e](../../test/a.test.ts) [f](https://a.test)')).toBe(
    '[a](./../check.md#in-ci) [b](./core1-canary.md) c d e [f](https://a.test)');
  const galleries = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    .map(({ name }) => [`gallery/${name}.md`, linksOfGallery(readFileSync(join(ROOT, 'examples', name, 'README.md'), 'utf8'))] as const);
  expect(deadLinks(new Map([...galleries, ...pages].map(([path, text]) => [path, path.startsWith('gallery/') ? text : text.replace(/\]\([^)]*\)/g, '')])))).toEqual([]);
});

test('environments of an example have manifests of their own, and steps of a rollout none', () => {
  const titles = (name: string) => manifestsIn(join(ROOT, 'dist', name)).map(({ title }) => title);
  expect(titles('environments')).toEqual(['development', 'production']);
  expect(titles('models-file')).toEqual(['']);
});
