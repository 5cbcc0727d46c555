import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { ApiServer } from './harness/apiserver';
import { kubectlApply } from './harness/kubectl';
import { findUnreadable } from '../../src/mesh/readable';
import { ManifestPrinter } from '../../src/printing/manifest-printer';
import { quotesSuffice } from '../../src/printing/unreadable';

// kubectl reads some of the strings that cdk8s writes differently, or not at all: the library refuses those, and no others,
// unless the app is a FastApp, which quotes them.

const api = ApiServer.connect();

const configMap = (name: string, data: { [key: string]: string }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });

/** Strings of a few characters that look like numbers, and of several lines. */
const STRINGS = fc.sample(
  fc.oneof(...['0178_oxXbBeE.+-', '01_oO', '\n\t a#:-', '\n ', 'yYnNtTrueUE~'].map((characters) => (
    fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 6 })))),
  { numRuns: 4000, seed: 15 },
);

/** Strings that are not read back without quotes. */
const REFUSED = [
  '0o7', '0X1F', '-_1', '1e1_0', '\tsays\nmore', ' \n', '\x7f', '\x85', '\x9f', 'a\u2028b', 'a\u2029', '\ud83d', '\uffff',
];

const KEPT = [...new Set(STRINGS)].filter((text) => findUnreadable(text) === undefined);

test('kubectl parses what the library accepts as intended', async () => {
  const meant = configMap('kept', Object.fromEntries(KEPT.map((text, i) => [`k${i}`, text])));
  expect(await kubectlApply(api, Yaml.stringify(meant))).toMatchObject({ code: 0 });

  const found = await api.get(meant) as unknown as typeof meant;
  expect(KEPT.filter((text, i) => found.data[`k${i}`] !== text)).toEqual([]);
  expect(KEPT.length).toBeGreaterThan(1000);
});

test('kubectl parses what a FastApp writes as intended', async () => {
  const strings = [...new Set([...STRINGS, ...REFUSED])].filter((text) => findUnreadable(text, (fault) => !quotesSuffice(fault)) === undefined);
  const meant = configMap('quoted', Object.fromEntries(strings.map((text, i) => [`k${i}`, text])));
  const printed = new ManifestPrinter((document) => Yaml.stringify(document)).print(meant);
  expect(await kubectlApply(api, printed)).toMatchObject({ code: 0 });

  const found = await api.get(meant) as unknown as typeof meant;
  expect(strings.filter((text, i) => found.data[`k${i}`] !== text)).toEqual([]);
  expect(strings.length).toBeGreaterThan(KEPT.length + 50);
});

test.each(REFUSED)('%j is refused by the library, and kubectl refuses it or reads something else', async (text) => {
  expect(findUnreadable(text)).toBeDefined();

  const meant = configMap('lost', { text });
  const { code } = await kubectlApply(api, Yaml.stringify(meant));
  const found = await api.get(meant) as unknown as typeof meant | undefined;
  expect(code !== 0 || found?.data.text !== text).toBe(true);
});
