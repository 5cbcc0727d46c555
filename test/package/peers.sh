#!/usr/bin/env bash
# Packs the library and installs it with the lowest and with the newest releases of its peers. With both, the examples type-check and
# write what dist/ holds. With the newest, a Service of the cdk8s-plus that `cdk8s init` installs becomes a backend, and a FastApp writes
# what an App does while the charts are of another copy of cdk8s.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CDK8S_RECORD_CONSTRUCT_METADATA=false

json() { node -p "require('$root/$1')$2"; }
plus=$(json node_modules/cdk8s-cli/package.json '.dependencies' | grep -o 'cdk8s-plus-[0-9]*')
peers() {
  for peer in cdk8s cdk8s-plus-27 constructs; do
    range=$(json package.json ".peerDependencies['$peer']")
    if [ "$1" = lowest ]; then echo "$peer@${range#^}"; else echo "$peer@$range"; fi
  done
}

npm pack --silent --pack-destination "$work" "$root" > /dev/null
for release in lowest newest; do
  mkdir "$work/$release"
  cd "$work/$release"
  npm init -y > /dev/null
  # shellcheck disable=SC2046
  npm install --silent --no-audit --no-fund "$work"/cdk8s-seldon-istio-*.tgz $(peers $release) \
    $([ $release = lowest ] || echo "$plus") \
    "tsx@$(json package.json '.devDependencies.tsx')" "typescript@$(json package.json '.devDependencies.typescript')" \
    "@types/node@$(json package.json ".devDependencies['@types/node']")"
  cp -r "$root/examples" .
  mkdir scripts
  cp "$root/scripts/synthesize-apps.ts" scripts
  if [ $release = newest ]; then
    mkdir examples/newer-cdk8s-plus
    cat > examples/newer-cdk8s-plus/main.ts <<APP
import { App, Chart } from 'cdk8s';
import { Service } from '$plus';
import { Gateway, InferenceProtocol, ModelRoute, ServiceBackend } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const service = new Service(chart, 'service', { metadata: { name: 'algo' }, ports: [{ name: 'http', port: 8501 }, { name: 'grpc', port: 8500 }] });
const backend = ServiceBackend.fromService(service, { protocol: InferenceProtocol.TENSORFLOW_SERVING, grpcPort: 8500 });
new ModelRoute(chart, 'algo', { gateways: [new Gateway(chart, 'gateway')], backend });
app.synth();
APP
  fi
  npx tsc --noEmit --strict --target es2022 --module node20 --types node examples/*/main.ts
  CDK8S_OUTDIR=$work/$release/dist npx tsx examples/all.ts
  if [ $release = newest ]; then
    grep -q 'host: algo.models.svc.cluster.local' dist/newer-cdk8s-plus/models.k8s.yaml
    rm -r dist/newer-cdk8s-plus
  fi
  diff -r "$root/dist" dist
  if [ $release = newest ]; then
    mkdir -p node_modules/cdk8s-seldon-istio/node_modules
    cp -r node_modules/cdk8s node_modules/cdk8s-seldon-istio/node_modules
    node -e "
      const { ApiObject, App, Chart } = require('cdk8s');
      const { FastApp } = require('cdk8s-seldon-istio');
      const synthesize = (app) => {
        new ApiObject(new Chart(app, 'c'), 'o', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: ' a\\n', b: '10:30', c: 'a' } });
        return app.synthYaml();
      };
      if (FastApp.prototype instanceof App) throw new Error('there is one copy of cdk8s');
      require('assert').strictEqual(synthesize(new FastApp()), synthesize(new App()));"
    rm -r node_modules/cdk8s-seldon-istio/node_modules/cdk8s
  fi
  installed=$(for peer in cdk8s cdk8s-plus-27 constructs; do echo "$peer $(node -p "require('./node_modules/$peer/package.json').version")"; done)
  echo "the $release peers write the same manifests:" $installed
done
