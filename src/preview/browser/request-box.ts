import { byId, domOf, Page, PageElement } from './dom';
import { PreviewModels } from './preview-models';
import { parseCommandLine } from '../../answers/command-line/command-line';
import { ParsedCommand } from '../../answers/command-line/parsed-command';
import { InputError } from '../../answers/input/input-error';
import { withFullStop } from '../../report/place';
import { answerSummary, answerView } from '../request/answer-view';
import { fieldsOf, inputOfFields, NO_FIELDS, RequestFields, withClient } from '../request/request-fields';

const FIELDS = Object.keys(NO_FIELDS) as (keyof RequestFields)[];

/** Fields that are shown only when a reader opens them. */
const MORE: readonly (keyof RequestFields)[] = [
  'gateway', 'port', 'http', 'serverName', 'address', 'forwardedAddress', 'principal', 'namespace', 'account', 'claims', 'certificate',
];

/**
 * The form for a request, and its answer.
 *
 * @internal
 */
export class RequestBox {
  private readonly form: PageElement;

  constructor(private readonly page: Page, private readonly models: PreviewModels) {
    this.form = byId(page, 'request-form');
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.answer();
    });
    // The fields have their old values until the event is over.
    this.form.addEventListener('reset', () => {
      this.showMode('fields');
      this.clear();
    });
    this.form.addEventListener('change', ({ target }) => {
      if (target.type === 'radio') this.showMode(target.value);
    });
    this.showMode(this.mode);
  }

  /** Answers an example, and shows it in the form. */
  public tryExample(example: number): void {
    const { cluster, input } = this.models.examples[example];
    const fields = fieldsOf(input);
    for (const name of FIELDS) this.set(name, fields[name]);
    if (this.models.count > 1) byId(this.page, 'field-cluster').value = `${cluster}`;
    byId(this.page, 'mode-fields').checked = true;
    this.showMode('fields');
    for (const details of this.form.querySelectorAll('details')) details.open = MORE.some((name) => fields[name] !== '');
    this.answer();
  }

  private get mode(): string {
    return byId(this.page, 'mode-command').checked ? 'command' : 'fields';
  }

  private showMode(mode: string): void {
    byId(this.page, 'parts').hidden = mode === 'command';
    byId(this.page, 'command-line').hidden = mode !== 'command';
  }

  private answer(): void {
    this.clear();
    try {
      const { input, notes } = this.read();
      const cluster = this.models.count > 1 ? Number(byId(this.page, 'field-cluster').value) : 0;
      const { now, before } = this.models.ask(cluster, input);
      const noted = { ...now, notes: [...notes, ...now.notes] };
      byId(this.page, 'answer').replaceChildren(...answerView(noted, before).map((each) => domOf(this.page, each)));
      byId(this.page, 'answer-summary').textContent = before === undefined ? answerSummary(now) : `Before: ${answerSummary(before)} Now: ${answerSummary(now)}`;
      byId(this.page, 'answer-heading').focus();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.report(error.message);
    }
  }

  private read(): ParsedCommand {
    const fields = Object.fromEntries(FIELDS.map((name) => [name, this.valueOf(name)])) as unknown as RequestFields;
    if (this.mode === 'fields') return { input: inputOfFields(fields), notes: [] };
    return withClient(parseCommandLine(byId(this.page, 'field-command').value), fields);
  }

  private report(problem: string): void {
    byId(this.page, 'request-error').textContent = withFullStop(problem);
    const field = byId(this.page, this.mode === 'command' ? 'field-command' : 'field-host');
    field.setAttribute('aria-describedby', 'request-error');
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }

  private clear(): void {
    for (const id of ['request-error', 'answer-summary']) byId(this.page, id).textContent = '';
    byId(this.page, 'answer').replaceChildren();
    for (const id of ['field-command', 'field-host']) {
      byId(this.page, id).removeAttribute('aria-describedby');
      byId(this.page, id).removeAttribute('aria-invalid');
    }
  }

  private valueOf(name: keyof RequestFields): string {
    const field = byId(this.page, `field-${name}`);
    return field.type === 'checkbox' && !field.checked ? '' : field.value;
  }

  private set(name: keyof RequestFields, value: string): void {
    const field = byId(this.page, `field-${name}`);
    if (field.type === 'checkbox') field.checked = value !== '';
    else field.value = value;
  }
}
