import type * as security from '../../imports/security.istio.io';

/**
 * The generated types of Istio's security group. They are loaded with the first object of the group, since most apps have none.
 *
 * @internal
 */
export function securityTypes(): typeof security {
  return require('../../imports/security.istio.io') as typeof security;
}
