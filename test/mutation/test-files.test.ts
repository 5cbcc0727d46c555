import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { testFilesOf } from './test-files';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tests-'));
  const files = {
    'traffic/canary.test.ts': 'test',
    'traffic/parts/split.test.ts': 'test',
    'traffic/parts/helper.ts': 'test',
    'traffic/others/mirror.test.ts': 'test',
    'traffic/mocked.test.ts': 'jest.mock("x")',
    'traffic/timed.test.ts': 'performance.now()',
    'routers/istio.test.ts': 'test',
    'security/access/callers.test.ts': 'test',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'test', file)), { recursive: true });
    writeFileSync(join(root, 'test', file), text);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

test.each<[string, string[]]>([
  ['traffic', ['traffic/canary', 'traffic/others/mirror', 'traffic/parts/split', 'routers/istio']],
  ['traffic/parts', ['traffic/canary', 'traffic/parts/split']],
  ['traffic/*', ['traffic/canary', 'routers/istio']],
  ['traffic/canary.ts', ['traffic/canary', 'routers/istio']],
  ['security/*', ['security/access/callers']],
])('%s is judged by %j', (path, files) => {
  expect(testFilesOf(root, path)).toEqual(files.map((file) => `test/${file}.test.ts`));
});
