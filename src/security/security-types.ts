import type * as security from '../../imports/security.istio.io';

/**
 * The generated types of Istio's security group. Loaded with the first object of the group: most apps have none.
 *
 * @internal
 */
export function securityTypes(): typeof security {
  return require('../../imports/security.istio.io') as typeof security;
}
