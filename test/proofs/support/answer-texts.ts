import { Answer, AnswerCase, DeliveredRequest } from '../../../src/answers/answer';
import { showResponder } from '../../support/answers';

/** All that clients and backends see of an answer, written by a function of its own. */
export function answerTexts({ cases }: Answer): string {
  return cases.map(caseText).sort().join(' | ');
}

function caseText({ condition = 'always', outcomes, mirrors, timeout, retries }: AnswerCase): string {
  const shares = new Map<string, number>();
  for (const { responder, delivered, response, share } of outcomes) {
    const headers = response === undefined ? '' : ` answers ${[...response.set, ...response.added.map(({ name, value }) => [name, value])].join()}-${response.removed.join()}`;
    const key = `${showResponder(responder)}${deliveredText(delivered)}${headers.replace(/ /g, '_')}`;
    shares.set(key, (shares.get(key) ?? 0) + share.percentage);
  }
  const arms = [...shares].map(([key, share]) => `${share.toFixed(3)} % ${key}`).sort();
  const copies = mirrors.map(({ responder, delivered, share }) => `mirror ${share.percentage} % ${showResponder(responder)}${deliveredText(delivered)}`).sort();
  const seconds = timeout === undefined ? '' : ` in ${timeout.endsWith('ms') ? Number.parseFloat(timeout) / 1000 : Number.parseFloat(timeout)} s`;
  return `${condition}: ${[...arms, ...copies].join(' + ')}${seconds} ${JSON.stringify(retries ?? null)}`;
}

function deliveredText(delivered: DeliveredRequest | undefined): string {
  if (delivered === undefined) return '';
  const lines = delivered.headers.map(({ name, value }) => `${name}:${value}`);
  const ordered = lines.sort((a, b) => (a.split(':')[0] < b.split(':')[0] ? -1 : Number(a.split(':')[0] > b.split(':')[0])));
  return ` as ${[delivered.method, delivered.authority, delivered.path, ...ordered].join(',')}`;
}
