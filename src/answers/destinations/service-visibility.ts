import { stringsOf } from '../../cluster/json';
import { ServiceView } from '../../cluster/services';

/**
 * Whether proxies of a namespace know a Service or a ServiceEntry, as its visibility tells.
 *
 * @internal
 */
export function isVisibleTo({ objects, kind }: ServiceView, viewer: string): boolean {
  return objects.length === 0 || objects.some(({ spec, annotations, namespace }) => {
    const annotation = annotations['networking.istio.io/exportTo'];
    const written = kind === 'ServiceEntry' ? stringsOf(spec.exportTo) : typeof annotation === 'string' ? annotation.split(',').map((entry) => entry.trim()) : [];
    return written.length === 0 || written.some((entry) => entry === '*' || (entry === '.' ? namespace : entry) === viewer);
  });
}
