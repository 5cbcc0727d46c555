import * as fs from 'fs';
import * as path from 'path';
import { newDirectory } from './harness/directories';
import { Python, pythonWithWheel, requirements, synthWithPython } from './harness/python';
import { ROOT } from './harness/tools';

// People who write Python get the same library: the wheel that jsii makes of it, and the same manifests.

const EXAMPLE = path.join(ROOT, 'dist/core2-traffic-split');

let python: Python;

// Compiling, packing and installing take a minute, once for each state of the sources.
beforeAll(async () => { python = await pythonWithWheel(); }, 600_000);

test('the packages come at the exact releases of package.json', () => {
  for (const requirement of requirements()) {
    expect(requirement).toMatch(/^[a-z0-9-]+==\d+\.\d+\.\d+$/);
  }
});

test('the wheel has the name that people install', () => {
  expect(path.basename(python.wheel)).toMatch(/^cdk8s_seldon_istio-.*-py3-none-any\.whl$/);
});

test('the traffic-split example in Python synthesizes the same bytes', async () => {
  const outdir = path.join(newDirectory('python'), 'dist');
  await synthWithPython(python, path.join(__dirname, 'python/main.py'), outdir);
  expect(fs.readdirSync(outdir)).toEqual(fs.readdirSync(EXAMPLE));
  for (const name of fs.readdirSync(EXAMPLE)) {
    expect(fs.readFileSync(path.join(outdir, name), 'utf8')).toBe(fs.readFileSync(path.join(EXAMPLE, name), 'utf8'));
  }
});

test('fails when a value is wrong, with the text of the constructor', async () => {
  const directory = newDirectory('python');
  const program = path.join(directory, 'wrong.py');
  fs.writeFileSync(program, fs.readFileSync(path.join(__dirname, 'python/main.py'), 'utf8').replace('weight=50', 'weight=-50'));
  await expect(synthWithPython(python, program, path.join(directory, 'dist')))
    .rejects.toThrow(/weight -50 of Model seldon-mesh\/iris1. Expected a whole number from 0 to 2147483647 \(at traffic-split\/iris\)/);
});
