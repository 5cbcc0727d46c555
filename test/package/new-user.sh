#!/usr/bin/env bash
# Packs the library, installs it with its peers into an empty folder, and synthesizes a ten-line app there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm pack --silent --pack-destination "$work" "$root" > /dev/null
cd "$work"
tar -tzf cdk8s-seldon-istio-*.tgz | grep -vE '^package/(lib/.*\.(js|d\.ts)|jest/package\.json|\.jsii|LICENSE|README\.md|docs/(README|[a-z0-9-]+)\.(md|schema\.json)|package\.json|node_modules/(re2js|js-yaml|argparse)/([^/]*|.*\.(c?js|mjs|d\.c?ts)))$' > unexpected || true
tar -tzf cdk8s-seldon-istio-*.tgz | grep -E 'node_modules/.*(\.map|\.umd\.js|/browser/.*)$' >> unexpected || true
if [ -s unexpected ]; then
  echo 'the package holds files that nobody needs:'
  cat unexpected
  exit 1
fi
size=$(wc -c < cdk8s-seldon-istio-*.tgz)
if [ "$size" -gt 2100000 ]; then echo "the package has $size bytes"; exit 1; fi
version() { node -p "require('$root/package.json').devDependencies['$1']"; }
npm init -y > /dev/null
npm install --silent --no-audit --no-fund ./cdk8s-seldon-istio-*.tgz \
  "cdk8s@$(version cdk8s)" "cdk8s-plus-27@$(version cdk8s-plus-27)" "constructs@$(version constructs)" \
  "cdk8s-cli@$(version cdk8s-cli)" "tsx@$(version tsx)"
cat > cdk8s.yaml <<'APP'
language: typescript
app: npx tsx main.ts
APP
cat > main.ts <<'APP'
import { Chart } from 'cdk8s';
import { FastApp, Gateway, Model, TrafficSplit } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'sample', { namespace: 'seldon-mesh' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const arms = ['iris1', 'iris2'].map((id) => new Model(chart, id, { storageUri: 'gs://seldon-models/mlserver/iris', requirements: ['sklearn'] }));
new TrafficSplit(chart, 'iris', { gateways: [gateway], arms: arms.map((backend) => ({ backend, weight: 50 })) });
app.synth();
APP
npx cdk8s synth
kinds=$(grep -h '^kind:' dist/sample.k8s.yaml | sort | uniq -c | tr -s ' \n' ' ')
expected=' 1 kind: Gateway 2 kind: Model 1 kind: VirtualService '
if [ "$kinds" != "$expected" ]; then
  echo "a new user got '$kinds', expected '$expected'"
  exit 1
fi
npx seldon-istio check
npx seldon-istio check --fail-on warning
npx seldon-istio routes | grep -q '50 % Model seldon-mesh/iris1'
npx seldon-istio preview -o preview.html
grep -q 'VirtualService' preview.html
npx seldon-istio test --generate > traffic-tests.yaml
npx seldon-istio test dist traffic-tests.yaml --fail-under 100

# The command as one file needs nothing but Node.js.
(cd "$root" && npx tsx scripts/bundle.ts "$work/seldon-istio.cjs")
mkdir "$work/empty"
mv "$work/seldon-istio.cjs" "$work/empty"
(cd "$work/empty" && env -i PATH="$PATH" node seldon-istio.cjs check ../dist)
(cd "$work/empty" && env -i PATH="$PATH" node seldon-istio.cjs trace ../dist -- curl http://a.test/v2/models/iris/infer | grep -q '50 % Model seldon-mesh/iris1')

# The lowest release of Node.js that the package allows, and the one after it, give the same.
lowest=$(node -p "require('$root/package.json').engines.node.replace(/[>= ]/g, '')")
platform=$(node -p 'process.platform + "-" + process.arch')
cp -r dist expected
for release in "$lowest" $((${lowest%%.*} + 2)); do
  npm install --silent --no-audit --no-fund --no-save --prefix "node-$release" "node-$platform@$release" > /dev/null
  other="$work/node-$release/node_modules/node-$platform/bin"
  echo "with Node.js $("$other/node" --version)"
  PATH="$other:$PATH" npx cdk8s synth > /dev/null
  diff -r expected dist
  PATH="$other:$PATH" npx seldon-istio test dist traffic-tests.yaml --fail-under 100
  (cd empty && env -i PATH="$other:/usr/bin:/bin" node seldon-istio.cjs check ../dist)
done
echo 'a new user gets what the README says'
