/**
 * The test files that judge the mutants of a folder.
 */
import { readdirSync, readFileSync } from 'fs';
import { join, sep } from 'path';

/** The folders of `src/` that are mutated, with the folders of `test/` that judge them: their own one first, since it finds most. */
export const JUDGES: { readonly [folder: string]: readonly string[] } = {
  plan: ['plan', 'traffic', 'routers', 'security'],
  routers: ['routers', 'traffic', 'seldon'],
  traffic: ['traffic', 'routers'],
  security: ['security'],
  rules: ['rules'],
};

/** Such tests replace modules, which only Jest's own runner can do, or measure time, which has no meaning while others run. */
const UNFIT = /\bjest\.(?:mock|doMock|isolateModules)\(|\bperformance\.now\(|\bprocess\.(?:hrtime|cpuUsage)/;

/**
 * Finds test files. A part of a folder is judged by the tests next to it, and by those for the whole folder.
 *
 * @param root The project.
 * @param path A folder of `src/`, a folder or file in it, or its files (`plan/*`).
 */
export function testFilesOf(root: string, path: string): readonly string[] {
  const [folder, part] = path.split('/');
  const own = testsIn(root, folder);
  const isFolder = part !== undefined && part !== '*' && !part.endsWith('.ts');
  const near = part === undefined ? own : own.filter((file) => !file.slice(folder.length + 1).includes('/') || (isFolder && file.startsWith(`${folder}/${part}/`)));
  const others = isFolder ? [] : JUDGES[folder].filter((judge) => judge !== folder).flatMap((judge) => testsIn(root, judge));
  // Some folders have no tests but those of their folders.
  return [...near.length > 0 ? near : own, ...others].map((file) => `test/${file}`);
}

function testsIn(root: string, folder: string): string[] {
  return (readdirSync(join(root, 'test', folder), { recursive: true }) as string[])
    .map((file) => `${folder}/${file.split(sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && !UNFIT.test(readFileSync(join(root, 'test', file), 'utf8')))
    .sort();
}
