import { core2, core2Endpoint } from './core2';
import { hostOf, RouteTable } from '../checks/routed';
import { ofKind } from '../harness/manifests';

/**
 * A shadow that Seldon Core 2's own Envoy feeds: through the gateway each request goes once, to the experiment.
 * That no request is mirrored on the way there is part of every line.
 */
export const table: RouteTable = {
  cases: (manifests) => {
    const [experiment] = ofKind(manifests, 'Experiment');
    return core2Endpoint({
      name: 'iris',
      host: hostOf(manifests, 'models.example.com'),
      arms: [{ to: core2(`${experiment.metadata.name}.experiment`), share: 1 }],
    });
  },
};
