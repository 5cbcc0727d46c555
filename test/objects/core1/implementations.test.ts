import { BUILT_IN_IMPLEMENTATIONS, PREPACKAGED_SERVERS, SERVER_WITHOUT_URI } from '../../../src/objects/core1/implementations';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';

test('the servers are those of the constructs, with the same protocols', () => {
  const servers = Object.values(PrepackagedServer).filter((value) => value instanceof PrepackagedServer);
  expect(new Map(servers.map(({ name, protocols }) => [name, protocols]))).toEqual(PREPACKAGED_SERVERS);
  expect(servers.filter(({ _needsModelUri }) => !_needsModelUri).map(({ name }) => name)).toEqual([SERVER_WITHOUT_URI]);
});

test.each([...BUILT_IN_IMPLEMENTATIONS])('%s is no server', (name) => {
  expect(() => PrepackagedServer.of(name)).toThrow('not a server');
});
