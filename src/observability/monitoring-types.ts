import type * as monitoring from '../../imports/monitoring.coreos.com';

/**
 * The generated types of the Prometheus operator. They are loaded with the first such object, since most apps have none.
 *
 * @internal
 */
export function monitoringTypes(): typeof monitoring {
  return require('../../imports/monitoring.coreos.com') as typeof monitoring;
}
