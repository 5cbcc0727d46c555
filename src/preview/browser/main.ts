import { byId, Page } from './dom';
import { PreviewModels } from './preview-models';
import { RequestBox } from './request-box';
import { RouteFilter } from './route-filter';
import { EmbeddedData } from '../embedded/embedded-clusters';

declare const document: Page;

startPreview(document);

/**
 * Makes a page answer requests.
 *
 * @internal
 */
export function startPreview(page: Page): void {
  const box = new RequestBox(page, new PreviewModels(JSON.parse(byId(page, 'data').textContent ?? '') as EmbeddedData));
  new RouteFilter(page);
  page.addEventListener('click', ({ target }) => {
    const example = target.closest('[data-example]')?.dataset.example;
    if (example !== undefined) box.tryExample(Number(example));
  });
}
