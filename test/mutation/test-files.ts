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
 * Finds test files.
 *
 * @param root The project.
 * @param folder A folder of `src/`.
 */
export function testFilesOf(root: string, folder: string): readonly string[] {
  return JUDGES[folder].flatMap((judge) => (readdirSync(join(root, 'test', judge), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => `test/${judge}/${file.split(sep).join('/')}`))
    .filter((file) => !UNFIT.test(readFileSync(join(root, file), 'utf8')));
}
