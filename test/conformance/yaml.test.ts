import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { yamlTexts } from './generator/yaml-texts';
import { newDirectory } from './harness/directories';
import { kubectlRead } from './harness/kubectl';
import { Manifest } from './harness/manifests';
import { readManifests, TextManifests } from '../../src/cluster/yaml/read-manifests';

// Which objects kubectl reads from texts in YAML, and which texts it rejects, compared with what the rules read.

const TEXTS = Number(process.env.CONFORMANCE_COPIES ?? 3000);
const SEED = Number(process.env.CONFORMANCE_SEED ?? 7);

/** What is read differently on purpose: no manifest has it, and no rule looks at it. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [/[\u0085\u2028\u2029]|\r(?!\n)/, 'kubectl and js-yaml count the lines at these characters differently from editors'],
  [/!!(?:binary|merge|timestamp|int)/, 'kubectl decodes or rejects some values with these tags'],
  [/^\.\.\./m, 'kubectl continues a block of text after the end of a document'],
  [/(?:^|[\s&{[,-])(?:[-+]?\.(?:inf|INF|nan)|\d{18,}|0\d{18,}|0x\w{16,}|[-+\d._]+[eE][-+\d_]+)\s*:/m, 'kubectl prints keys that are large numbers in another form'],
  [/[[{,][^\n]*(?::[,\]}:]|[?:]\w|: *[:?])|-\w*\t*,/, 'kubectl reads colons and question marks next to brackets and commas as YAML 1.1 has them'],
];

/** A manifest as both readers can print it: floats have 15 digits, and keys are sorted. */
function printed(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'number') return Number(each.toPrecision(15));
    const isMap = typeof each === 'object' && each !== null && !Array.isArray(each);
    return isMap ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each;
  });
}

function isOwn(name: string): (object: Manifest) => boolean {
  return ({ kind, apiVersion, metadata }) => kind === 'Service' && apiVersion === 'v1' && metadata?.name === name && metadata.labels === undefined;
}

test('objects are read as kubectl reads them, and texts are rejected that it rejects', async () => {
  const directory = newDirectory('yaml');
  const texts = Array.from({ length: TEXTS }, (_, i) => {
    const name = `text-${i}-`;
    const [text] = fc.sample(yamlTexts(name), { seed: SEED * 1_000_000 + i, numRuns: 1 });
    fs.writeFileSync(path.join(directory, `${name}.yaml`), text);
    return { name, text };
  });
  const { objects, errors } = await kubectlRead(directory);
  const missed: string[] = [];
  const differences = texts.flatMap(({ name, text }) => {
    const [read, error] = [readManifests(text, { file: 'a.yaml' }), errors.find((each) => each.includes(`/${name}.yaml`))];
    if (error !== undefined) {
      if (read.problems.length === 0 && !isOtherObject(error)) missed.push(`${error}\n${text}`);
      return [];
    }
    const manifests = read.objects.map(({ manifest }) => manifest as unknown as Manifest);
    const [ours, theirs] = [manifests, objects].map((all) => all.filter(isOwn(name)).map(printed));
    const isSame = problemsOf(read).length === 0 && ours.join('\n') === theirs.join('\n');
    return isSame || EXCEPTIONS.some(([pattern]) => pattern.test(text)) ? [] : [{ text, problems: read.problems, ours, theirs }];
  });
  expect(differences).toEqual([]);
  // Texts that kubectl rejects without need, such as those with a tab in an odd place.
  expect(missed.slice(Math.ceil(TEXTS * 0.015))).toEqual([]);
  expect(errors.length).toBeGreaterThan(TEXTS / 3);
  expect(objects.length).toBeGreaterThan(TEXTS / 4);
});

/** Without what kubectl does not report. */
const problemsOf = ({ problems }: TextManifests) => problems.filter(({ message }) => !message.startsWith('kubectl ignores what follows'));

/** Whether kubectl rejects an object for what is in it. */
const isOtherObject = (error: string) => !error.startsWith('error parsing') || error.includes('json: cannot unmarshal');
