import type * as monitoring from '../../imports/monitoring.coreos.com';

/**
 * The generated types of Prometheus' operator. Loaded with the first object of it: most apps have none.
 *
 * @internal
 */
export function monitoringTypes(): typeof monitoring {
  return require('../../imports/monitoring.coreos.com') as typeof monitoring;
}
