import { validate } from './harness/istioctl';
import { ACCEPTED_SPECS, REJECTED_SPECS, virtualServiceWith } from '../support/virtual-service-specs';

// The VirtualServices of the tests of the rule rejected-virtual-service, as Istio's own validation sees them.

test.each(REJECTED_SPECS)('rejected: %s', async (spec) => {
  expect(await validate(virtualServiceWith(spec))).not.toEqual([]);
});

test.each(ACCEPTED_SPECS)('accepted: %s', async (spec) => {
  expect(await validate(virtualServiceWith(spec))).toEqual([]);
});
