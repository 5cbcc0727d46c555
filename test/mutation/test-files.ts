/**
 * The test files that judge the mutants of a folder.
 */
import { readdirSync, readFileSync } from 'fs';
import { join, sep } from 'path';

/** The folders of `src/` that are mutated, with the folders of `test/` that judge them: their own one first, since it finds most. */
export const JUDGES: { readonly [folder: string]: readonly string[] } = {
  plan: ['plan', 'traffic', 'routers', 'objects', 'istio', 'security', 'rules'],
  routers: ['routers', 'traffic', 'seldon'],
  traffic: ['traffic', 'routers'],
  security: ['security'],
  rules: ['rules'],
};

/** Such tests replace modules, which only Jest's own runner can do, or measure time, which has no meaning while others run. */
const UNFIT = /\bjest\.(?:mock|doMock|isolateModules)\(|\bperformance\.now\(|\bprocess\.(?:hrtime|cpuUsage)/;

/**
 * Finds test files. Parts of a folder are judged by the tests next to them, and by those for the whole folder.
 *
 * @param root The project.
 * @param path A folder of `src/`, a folder or file in it, or its files (`plan/*`).
 */
export function testFilesOf(root: string, path: string): readonly string[] {
  const [folder, part] = path.split('/');
  const judges = part === undefined ? JUDGES[folder] : [folder];
  return judges.flatMap((judge) => (readdirSync(join(root, 'test', judge), { recursive: true }) as string[])
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.test.ts') && (part === undefined || !file.includes('/') || file.startsWith(`${part}/`)))
    .sort()
    .map((file) => `test/${judge}/${file}`))
    .filter((file) => !UNFIT.test(readFileSync(join(root, file), 'utf8')));
}
