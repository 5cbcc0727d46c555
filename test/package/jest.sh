#!/usr/bin/env bash
# Packs the library, and type-checks and runs tests of a user with its matchers: with the types of @types/jest, and with those of
# @jest/globals. Everything else comes from node_modules, so that no registry is needed.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm pack --silent --ignore-scripts --pack-destination "$work" "$root" > /dev/null
mkdir -p "$work/node_modules"
for path in "$root"/node_modules/* "$root"/node_modules/.bin; do ln -s "$path" "$work/node_modules/"; done
mkdir "$work/node_modules/cdk8s-seldon-istio"
tar -xzf "$work"/cdk8s-seldon-istio-*.tgz -C "$work/node_modules/cdk8s-seldon-istio" --strip-components 1 --exclude '*node_modules*'
cd "$work"
cp "$root"/test/package/jest/*.test.ts .
for file in jest-globals.test wrong; do cp "$root/test/package/jest/$file.ts.txt" "$file.ts"; done

tsc() { node node_modules/typescript/bin/tsc --noEmit --strict --target es2022 "$@"; }
for resolution in '--module commonjs --moduleResolution bundler' '--module node20'; do
  # shellcheck disable=SC2086
  tsc $resolution --types jest types-jest.test.ts
  # shellcheck disable=SC2086
  tsc $resolution --types node jest-globals.test.ts
  # A wrong call must be an error.
  # shellcheck disable=SC2086
  if tsc $resolution --types jest wrong.ts > wrong.log; then echo 'a wrong call of a matcher is accepted'; exit 1; fi
  grep -q 'TS2345' wrong.log
done
node node_modules/jest/bin/jest.js --ci --config '{"transform": {"\\.ts$": ["ts-jest", {"isolatedModules": true, "tsconfig": {"module": "commonjs", "target": "es2022"}}]}}' --rootDir .

loaded=$(node -e "
  require('cdk8s-seldon-istio/jest');
  console.log(Object.keys(require.cache).filter((path) => !path.includes('/cdk8s-seldon-istio/lib/src/jest/')).length);
")
[ "$loaded" = 0 ] || { echo "the matchers load $loaded other modules"; exit 1; }
echo 'the matchers work with both types of jest'
