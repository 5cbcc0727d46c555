import fc from 'fast-check';
import { podsKey, PodSelector, PodSelectors, samePods, selectorWithin } from '../../src/plan/pod-selectors';

const INGRESS = { istio: 'ingressgateway' };
const LABELLED = { app: 'istio-ingressgateway', istio: 'ingressgateway' };

test('the order of labels does not matter', () => {
  expect(podsKey({ a: '1', b: '2' })).toBe(podsKey({ b: '2', a: '1' }));
  expect(podsKey({ a: '1,b=2' })).not.toBe(podsKey({ a: '1', b: '2' }));
});

test('selectors of which one contains the other are for the same pods', () => {
  expect(selectorWithin(INGRESS, LABELLED)).toBe(true);
  expect(selectorWithin(LABELLED, INGRESS)).toBe(false);
  expect(samePods(LABELLED, INGRESS)).toBe(true);
  expect(samePods(LABELLED, { istio: 'egressgateway' })).toBe(false);
  expect(samePods(LABELLED, { ...INGRESS, app: 'own' })).toBe(false);
  expect(samePods({ constructor: 'x' }, INGRESS)).toBe(false);
});

test('two selectors with a third in common are for other pods than each other', () => {
  const selectors = new PodSelectors();
  const base = selectors.add(INGRESS);
  const [a, b] = ['a', 'b'].map((app) => selectors.add({ ...INGRESS, app }));

  expect(selectors.samePodsAs(a).sort()).toEqual([a, base].sort());
  expect(selectors.mostPrecise(base).sort()).toEqual([a, b].sort());
  expect(selectors.mostPrecise(b)).toEqual([b]);
});

test('many labels are compared as few are', () => {
  const selector: fc.Arbitrary<PodSelector> = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), fc.constantFrom('1', '1', '1', '2'), { noNullPrototype: true });
  fc.assert(fc.property(fc.array(selector, { minLength: 1, maxLength: 8 }), (all) => {
    const selectors = new PodSelectors();
    const byKey = new Map(all.map((each) => [selectors.add(each), each]));
    for (const [key, each] of byKey) {
      const same = [...byKey].filter(([, other]) => samePods(each, other)).map(([other]) => other);
      const within = [...byKey].filter(([, other]) => selectorWithin(each, other));
      const precise = within.filter(([, other]) => [...byKey.values()].every((third) => third === other || !selectorWithin(other, third)));

      expect(selectors.samePodsAs(key).sort()).toEqual(same.sort());
      expect(selectors.mostPrecise(key).sort()).toEqual(precise.map(([other]) => other).sort());
    }
  }), { seed: 6, numRuns: 500 });
});
