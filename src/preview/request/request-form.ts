import { NO_FIELDS, RequestFields } from './request-fields';
import { element, Markup } from '../markup/markup';

/**
 * What the form offers.
 *
 * @internal
 */
export interface FormChoices {
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  /** Hosts with routes. */
  readonly hosts: readonly string[];
  /** Gateways, as `namespace/name`. */
  readonly gateways: readonly string[];
}

type FieldName = keyof RequestFields;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/**
 * The form for a request, and where its answer is shown. The script of the page fills it in.
 *
 * @internal
 */
export function requestForm({ clusters, hosts, gateways }: FormChoices): readonly Markup[] {
  return [
    element('form', { id: 'request-form', autocomplete: 'off', novalidate: true },
      clusters.length > 1 ? selection('cluster', 'Manifests', clusters) : undefined,
      element('fieldset', { class: 'modes' },
        element('legend', {}, 'Describe the request by'),
        mode('fields', 'its parts', true),
        mode('command', 'a curl or grpcurl command', false),
      ),
      element('div', { id: 'parts', class: 'grid' },
        input('method', 'Method', { list: 'methods', size: 8 }),
        selection('scheme', 'Scheme', ['http', 'https']),
        input('host', 'Host', { list: 'hosts', placeholder: 'models.example.com' }),
        input('path', 'Path, with query', {}),
        area('headers', 'Headers, one per line', 3, 'x-tester: yes'),
        checkbox('grpc', 'gRPC call: the path is its method, and the headers are its metadata'),
      ),
      element('div', { id: 'command-line', hidden: true },
        area('command', 'Command line', 4, 'curl -X POST https://models.example.com/v2/models/iris/infer'),
      ),
      element('details', { class: 'more' },
        element('summary', {}, 'Client, gateway and token'),
        element('div', { class: 'grid' },
          input('gateway', 'Gateway', { list: 'gateways', placeholder: 'istio-system/gateway' }),
          input('port', 'Port, if it is not that of the URL', { inputmode: 'numeric' }),
          selection('http', 'HTTP version', ['', '1.1', '2']),
          input('serverName', 'Server name of the TLS handshake, if it is not the host', {}),
          input('address', 'Address of the client', {}),
          input('forwardedAddress', 'Address of the client behind trusted proxies', {}),
          input('principal', 'Identity in the client certificate', { placeholder: 'cluster.local/ns/models/sa/default' }),
          input('namespace', 'Namespace of the calling workload, for a request in the mesh', {}),
          input('account', 'Its service account', {}),
          area('claims', 'Claims of a valid token, as JSON', 2, '{"iss": "https://idp.example.com"}'),
          checkbox('certificate', 'The client has a certificate'),
        ),
      ),
      list('methods', METHODS),
      list('hosts', hosts),
      list('gateways', gateways),
      element('p', { class: 'buttons' },
        element('button', { type: 'submit', class: 'primary' }, 'Answer'),
        element('button', { type: 'reset' }, 'Clear'),
      ),
    ),
    element('p', { id: 'request-error', class: 'problem', role: 'alert' }),
    element('p', { id: 'answer-summary', role: 'status' }),
    element('div', { id: 'answer' }),
  ];
}

function idOf(name: string): string {
  return `field-${name}`;
}

function labelled(name: string, text: string, field: Markup, style: string = 'field'): Markup {
  return element('div', { class: `${style} ${style}-${name}` }, element('label', { for: idOf(name) }, text), field);
}

function input(name: FieldName, text: string, attributes: { readonly [name: string]: string | number }): Markup {
  const value = NO_FIELDS[name];
  return labelled(name, text, element('input', {
    id: idOf(name), name, type: 'text', ...value === '' ? {} : { value }, spellcheck: 'false', autocapitalize: 'none', ...attributes,
  }));
}

function area(name: FieldName | 'command', text: string, rows: number, placeholder: string): Markup {
  return labelled(name, text, element('textarea', { id: idOf(name), name, rows, placeholder, spellcheck: 'false', autocapitalize: 'none' }));
}

function checkbox(name: FieldName, text: string): Markup {
  return element('div', { class: `check check-${name}` },
    element('input', { id: idOf(name), name, type: 'checkbox', value: 'yes' }), element('label', { for: idOf(name) }, text));
}

function selection(name: string, text: string, options: readonly string[]): Markup {
  const values = options.map((option, i) => element('option', { value: name === 'cluster' ? i : option }, option === '' ? 'as usual' : option));
  return labelled(name, text, element('select', { id: idOf(name), name }, values));
}

function mode(value: string, text: string, checked: boolean): Markup {
  return element('span', { class: 'mode' },
    element('input', { id: `mode-${value}`, type: 'radio', name: 'mode', value, ...checked ? { checked } : {} }),
    element('label', { for: `mode-${value}` }, text));
}

function list(id: string, values: readonly string[]): Markup {
  return element('datalist', { id }, values.map((value) => element('option', { value })));
}
