import { cpSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Traffic } from '../../src';
import { folderWith, run } from '../support/cli';

jest.mock('../../src/cli/preview-script', () => ({ previewScript: () => 'void 0;' }));

// RolloutSteps writes folders below that of the app, each with the route of one step.

const folder = folderWith({ '.gitkeep': '' });
cpSync(join(__dirname, '../../dist/models-file'), join(folder, 'dist'), { recursive: true });

const STEP = 'dist/steps/iris/02-25/VirtualService.iris.k8s.yaml';
const [LAST, REST] = ['dist/steps/iris/03-100', 'dist/steps/iris/01-5, dist/steps/iris/02-25, '];
const NOTE = `seldon-istio: ${REST}${LAST} are left out, since they replace routes of a folder above, as steps of a rollout do. `
  + 'To read a step, give its folder, and the other manifests as --context.\n';

test.each([
  ['routes'], ['diagram'], ['trace', '--', 'curl', 'http://a.test/v2/models/iris/infer'], ['diff', '--before', 'dist'],
])('%s reads the routes of the app, and names the steps', (...args) => {
  const whole = ['dist/models.k8s.yaml', 'dist/platform.k8s.yaml', 'dist/routes.k8s.yaml'];
  const without = (command: string) => (command === 'trace' ? ['trace', ...whole, ...args.slice(1)] : [...args, ...whole]);

  expect(run(folder, args)).toEqual({ ...run(folder, without(args[0])), err: NOTE });
});

test('one step is named alone', () => {
  expect(run(folder, ['routes', 'dist/models.k8s.yaml', 'dist/routes.k8s.yaml', 'dist/steps/iris/01-5']).err).toMatch(/^seldon-istio: dist\/steps\/iris\/01-5 is left out, since it replaces routes/);
});

test('preview shows the routes of the app, and names the steps', () => {
  expect(run(folder, ['preview', '-o', '-'])).toMatchObject({ code: 0, err: NOTE });
  expect(run(folder, ['preview', '--before', 'dist', '-o', '-'])).toMatchObject({ code: 0, err: NOTE });
});

test('Traffic reads the routes of the app', () => {
  Traffic.fromManifests(join(folder, 'dist')).request({ url: 'http://a.test/v2/models/iris/infer' }).assertSplit({ 'iris-v2': 90, 'iris-v3': 10 });
});

test('a step is read with the other manifests as context', () => {
  const { out, err } = run(folder, ['routes', 'dist/steps/iris/02-25', '--context', 'dist/models.k8s.yaml', '--context', 'dist/platform.k8s.yaml']);
  expect([out.match(/75 % Model seldon-mesh\/iris-v2/g)?.length, out.includes('or 404'), err]).toEqual([2, false, '']);
});

describe('check', () => {
  const checked = (...more: string[]) => JSON.parse(run(folder, ['check', 'dist', '--output', 'json', ...more]).out).findings as { rule: string; file: string }[];

  test('finds in the steps what is wrong in them, with the objects that they leave', () => {
    expect(checked()).toMatchObject([{ rule: 'repeated-header-overlap', file: 'dist/routes.k8s.yaml' }]);
    const text = readFileSync(join(folder, STEP), 'utf8');
    writeFileSync(join(folder, STEP), text.replaceAll('number: 80', 'number: 81'));
    try {
      expect(checked().map(({ rule, file }) => `${rule} ${file}`)).toEqual([
        `unknown-destination-port ${STEP}`, `unknown-destination-port ${STEP}`, `unknown-destination-port ${STEP}`, `unknown-destination-port ${STEP}`,
        'repeated-header-overlap dist/routes.k8s.yaml',
      ]);
    } finally {
      writeFileSync(join(folder, STEP), text);
    }
  });

  test('does not treat a new folder of a step as a change of traffic', () => {
    const before = folderWith({ '.gitkeep': '' });
    const model = readFileSync(join(folder, 'dist/models.k8s.yaml'), 'utf8').split('---\n').filter((each) => !each.includes('name: iris-v3')).join('---\n');
    const routes = readFileSync(join(folder, 'dist/routes.k8s.yaml'), 'utf8').replaceAll('iris-v3', 'iris-v2');
    cpSync(join(folder, 'dist/platform.k8s.yaml'), join(before, 'platform.k8s.yaml'));
    writeFileSync(join(before, 'models.k8s.yaml'), model);
    writeFileSync(join(before, 'routes.k8s.yaml'), routes);
    writeFileSync(join(folder, 'dist/routes.k8s.yaml'), readFileSync(join(folder, 'dist/routes.k8s.yaml'), 'utf8').replaceAll('weight: 10\n', 'weight: 0\n').replaceAll('weight: 90\n', 'weight: 100\n'));

    expect(run(folder, ['check', 'dist', '--before', before, '--fail-on', 'warning'])).toMatchObject({ code: 0 });
  });
});
