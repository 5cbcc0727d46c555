import { join } from 'path';
import { pathToFileURL } from 'url';
import { Browser, Page } from 'playwright-core';
import { axeFindings } from './support/axe';
import { OpenedPage, openPage, startBrowser } from './support/browser';
import { folderWith, run } from '../support/cli';
import { POLICY, ROUTES } from '../support/traffic';

jest.mock('../../src/cli/preview-script', () => ({
  previewScript: () => jest.requireActual<typeof import('../support/preview')>('../support/preview').previewScript(),
}));

const EARLIER = ROUTES.replace('weight: 75', 'weight: 90').replace('weight: 25', 'weight: 10');
const V1 = 'iris.models.svc.cluster.local:8080 subset v1';
const V2 = 'iris.models.svc.cluster.local:8080 subset v2';
const ANSWER = `75 % ${V1}, 25 % ${V2}, 20 % mirrored to shadow.models.svc.cluster.local:8080.`;

let browser: Browser;
beforeAll(async () => { browser = await startBrowser(); });
afterAll(() => browser.close());

/** Writes a preview, as on the command line. */
function written(manifests: string, earlier?: string): string {
  const folder = folderWith({ 'dist/a.yaml': manifests, ...earlier === undefined ? {} : { 'old/a.yaml': earlier } });
  expect(run(folder, ['preview', ...earlier === undefined ? [] : ['--before', 'old']])).toMatchObject({ code: 0, err: '' });
  return pathToFileURL(join(folder, 'preview.html')).href;
}

const open = (manifests: string = ROUTES + POLICY, options: Parameters<typeof openPage>[2] = {}) => openPage(browser, written(manifests), options);

async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
}

test('a request is answered from disk, without a connection, and the answer is read out', async () => {
  const { page, faults } = await open();
  await fill(page, 'Host', 'models.example.com');
  await fill(page, 'Path, with query', '/v2/models/iris/infer');
  await page.keyboard.press('Enter');
  expect(await page.locator('#answer-summary').textContent()).toBe(ANSWER);
  // What a screen reader gets: a region that speaks when it changes, and the heading of the answer, which has the focus.
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const region = nodes.find(({ role, properties = [] }) => role?.value === 'status' && properties.some(({ name, value }) => name === 'live' && value.value === 'polite'));
  expect(region).toBeDefined();
  const focused = nodes.filter(({ properties = [] }) => properties.some(({ name, value }) => name === 'focused' && value.value === true));
  expect(focused.map(({ role, name }) => `${role?.value} ${name?.value}`)).toContain('heading GET http://models.example.com/v2/models/iris/infer (HTTP/1.1)');
  expect(await page.locator('#answer').ariaSnapshot()).toContain('listitem: "rule applies: VirtualService models/iris: path prefix \\"/v2/models/iris/\\" matches dist/a.yaml:24:11');
  expect(faults).toEqual({ requests: [], errors: [] });
});

test('everything can be done with the keyboard', async () => {
  const { page } = await open();
  const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()');
  const order: string[] = [];
  for (let i = 0; i < 13; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  expect(order).toEqual([
    'Skip to the content', 'Request', 'Diagram', 'Routes', 'Findings',
    'mode-fields', 'field-method', 'field-scheme', 'field-host', 'field-path', 'field-headers', 'field-grpc', 'Client, gateway and token',
  ]);
  expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator('#answer-summary').textContent()).toMatch(/^100 % 404 not-found/);
  await page.getByLabel('its parts').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('field-command');
  await page.keyboard.insertText('curl http://models.example.com/v2/models/iris');
  await page.getByRole('button', { name: 'Answer' }).press('Enter');
  expect(await page.locator('#answer-summary').textContent()).toBe(ANSWER);
});

test('a mistake is an alert at its field', async () => {
  const { page } = await open();
  await fill(page, 'Host', 'models example');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').textContent()).toMatch(/^host "models example" /);
  expect(await page.getByLabel('Host', { exact: true }).getAttribute('aria-describedby')).toBe('request-error');
  expect(await axeFindings(page)).toEqual([]);
});

test.each([
  ['light', 1280], ['dark', 1280], ['light', 360], ['dark', 360],
] as const)('axe finds nothing: %s, %d pixels wide', async (colorScheme, width) => {
  const { page, faults } = await openPage(browser, written(ROUTES + POLICY.replaceAll('iris', 'none'), EARLIER), { colorScheme, viewport: { width, height: 800 } });
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: /^Try a request for/ }).first().click();
  await page.getByText('Client, gateway and token').click();
  expect(await axeFindings(page)).toEqual([]);
  // Only the table is wider than a narrow screen, and it scrolls by itself.
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  expect(background).toBe(colorScheme === 'dark' ? 'rgb(15, 19, 24)' : 'rgb(246, 247, 249)');
  expect(faults.requests).toEqual([]);
});

test('with an earlier state, the answers of both are next to each other, and the change has a request to try', async () => {
  const { page, faults } = await openPage(browser, written(ROUTES, EARLIER));
  await page.locator('#changes').getByRole('button').first().click();
  expect(await page.locator('#answer-summary').textContent()).toBe(
    `Before: 90 % ${V1}, 10 % ${V2}, 20 % mirrored to shadow.models.svc.cluster.local:8080. Now: ${ANSWER}`);
  const [before, now] = await Promise.all(['Before', 'Now'].map((name) => page.getByRole('region', { name }).boundingBox()));
  expect([before!.y, before!.x < now!.x]).toEqual([now!.y, true]);
  expect(faults).toEqual({ requests: [], errors: [] });
});

const ATTACK = '</script><script>window.attacked = 1</script><img src=x onerror="window.attacked = 2"><!--';

test('texts of manifests do nothing', async () => {
  const attack = JSON.stringify(ATTACK);
  const { page, faults } = await open(ROUTES.replaceAll('{ exact: "yes" }', `{ exact: ${attack} }`).replace('name: iris, namespace: models }\nspec:\n  hosts', `name: ${attack}, namespace: models }\nspec:\n  hosts`));
  await page.getByRole('button', { name: /^Try a request for/ }).first().click();
  expect(await page.locator('.trace').textContent()).toContain(`VirtualService models/${ATTACK}`);
  expect(await page.evaluate('window.attacked')).toBeUndefined();
  expect(await page.locator('img').count()).toBe(0);
  expect(faults).toEqual({ requests: [], errors: [] });
});

test('the policy of the page forbids connections, other scripts and HTML from texts', async () => {
  const { page, faults } = await open();
  const failure = (code: string) => page.evaluate<string>(`(async () => { try { ${code}; return 'none'; } catch (error) { return error.name; } })()`);
  expect(await failure('document.body.innerHTML = "<p>text</p>"')).toBe('TypeError');
  expect(await failure('await fetch("http://127.0.0.1:9/")')).toBe('TypeError');
  await page.evaluate('{ const image = new Image(); image.src = "http://127.0.0.1:9/a.png"; document.body.append(image); }');
  await page.evaluate('document.body.setAttribute("onclick", "window.attacked = 3")').catch(() => undefined);
  await page.locator('footer').click();
  expect(await page.evaluate('window.attacked')).toBeUndefined();
  // Blocked ones are in the list, too.
  expect(faults.errors.filter((error) => error.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
});

test('a page with 1,000 routes is usable', async () => {
  const rules = Array.from({ length: 1000 }, (_, i) => (
    `    - match: [{ uri: { prefix: /v2/models/m${i}/ } }]\n      timeout: ${i + 1}s\n      route: [{ destination: { host: iris, port: { number: 8080 }, subset: v1 } }]\n`)).join('');
  const { page, faults }: OpenedPage = await open(ROUTES.replace('  http:\n', `  http:\n${rules}`));
  expect(await page.locator('#filter-status').textContent()).toBe('1003 routes, of which the first 100 are shown');
  await page.getByLabel('Filter routes').fill('/m987/');
  expect(await page.locator('#filter-status').textContent()).toBe('1 of 1003 routes');
  expect([await page.locator('.rule:visible').count(), await page.locator('tbody tr:visible').count()]).toEqual([1, 1]);
  await page.locator('tbody tr:visible button').click();
  expect(await page.locator('#answer-summary').textContent()).toBe(`100 % ${V1}.`);
  await page.getByLabel('Filter routes').fill('');
  await page.getByRole('button', { name: 'Show all' }).click();
  expect(await page.locator('tbody tr:visible').count()).toBe(1003);
  const milliseconds = await page.evaluate<number>(`(() => {
    const [filter, start] = [document.getElementById('filter'), performance.now()];
    for (const text of ['m', 'm9', 'm98', '']) { filter.value = text; filter.dispatchEvent(new Event('input')); document.body.offsetHeight; }
    return performance.now() - start;
  })()`);
  expect(milliseconds).toBeLessThan(8000);
  expect(faults).toEqual({ requests: [], errors: [] });
});

test('on paper, there are the changes, the diagram, the table and the findings, without controls', async () => {
  const { page } = await openPage(browser, written(ROUTES, EARLIER));
  await page.emulateMedia({ media: 'print' });
  const visible = await page.locator('h2:visible, button:visible, input:visible').allTextContents();
  expect(visible).toEqual(['Changes of traffic', 'Diagram', 'Table of routes', 'Findings']);
  expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
});
