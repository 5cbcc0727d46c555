import { join } from 'path';
import { exportedNames, typesOf } from '../support/public-names';

const OURS = new Set(exportedNames(join(__dirname, '../../src/index.ts')));

test('the public names are found, and the internal ones are left out', () => {
  expect(OURS.size).toBeGreaterThan(300);
  expect([...OURS]).toEqual(expect.arrayContaining(['Canary', 'IBackend', 'StringMatch', 'HttpMatch', 'PolicyTargetRef', 'SidecarProps', 'AmbassadorOptions']));
  expect([...OURS]).not.toEqual(expect.arrayContaining(['writeSidecar']));
});

// An import of both libraries into one file, as in every app, must not need an alias.
test.each(['cdk8s', 'cdk8s-plus-27', 'constructs'])('no public name is one of %s too', (module) => {
  const taken = [...typesOf(module)].filter(([, name]) => OURS.has(name)).map(([fullName]) => fullName);
  expect(taken).toEqual([]);
});
