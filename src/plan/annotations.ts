/**
 * The domain of this project's annotations.
 *
 * @internal
 */
export const DOMAIN = 'cdk8s-seldon-istio.io';

/**
 * Annotations with this prefix accept the findings of a rule about an object; the name of the rule follows. The value is the reason.
 *
 * @internal
 */
export const ACCEPT_ANNOTATION = `${DOMAIN}/accept-`;
