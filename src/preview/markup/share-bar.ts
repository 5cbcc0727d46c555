import { element, Markup } from './markup';

/**
 * A bar that shows a percentage. Its text is next to it.
 *
 * @internal
 */
export function shareBar(percentage: number): Markup {
  const part = (name: string, width: string) => element('rect', { class: name, width, height: '100%' });
  return element('svg', { 'class': 'bar', 'aria-hidden': 'true', 'width': 64, 'height': 6 }, part('track', '100%'), part('fill', `${Number(percentage.toFixed(2))}%`));
}
