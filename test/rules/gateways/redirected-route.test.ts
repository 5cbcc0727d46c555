import { redirectedRoute as rule } from '../../../src/rules/gateways/redirected-route';
import { problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'error at VirtualService models/iris spec.hosts[0]',
    problem: 'VirtualService models/iris is for host "models.example.com", which server "http" (HTTP) of Gateway istio-system/models redirects to https, and no server of its Gateways terminates TLS for it, so no request reaches its routes',
    remedy: 'add a server with protocol HTTPS for the host, attach the VirtualService to the Gateway that has one, or remove httpsRedirect',
    related: ['Gateway istio-system/models spec.servers[0]'],
  }]);
});
