# The steps of scripts/test, in its order. Each runs in the project's root, in a shell of its own; a failed command fails it.

jest() { # NAME WORDS...: at most two workers, a report that is counted, and a cache that outlives the run
  local name=$1
  shift
  npx jest --ci --maxWorkers=2 --cacheDirectory="$cache/jest" --json --outputFile="$reports/$name.json" "$@"
}

step_install() {
  local difference
  if difference=$(node "$lib/node-modules-match.js"); then
    echo 'node_modules matches package-lock.json'
  else
    echo "$difference: npm ci"
    npm ci
  fi
}

# In a copy, so that nobody's uncommitted work is overwritten.
step_generated() {
  set -e
  local copy=$scratch/generated file status=0
  mkdir "$copy"
  git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- --ignore-failed-read | tar --extract --directory "$copy"
  ln -s "$root/node_modules" "$copy/node_modules"
  (cd "$copy" && PROJEN_DISABLE_POST=true npx projen)
  for file in package.json $(node -p 'process.argv.slice(1).flatMap(file => require(file).files).join("\n")' "$root/.projen/files.json" "$copy/.projen/files.json" | sort -u); do
    diff --unified --new-file "$file" "$copy/$file" || status=1
  done
  ((status == 0)) || { echo 'Run `npx projen` and commit what it changes; to change a generated file, edit .projenrc.ts.'; return 1; }
  echo 'all generated files are what .projenrc.ts says'
}

step_compile() { npx projen pre-compile && npx projen compile; }

step_api() {
  set -e
  npx jsii-docgen --output "$scratch/API.md"
  diff --unified API.md "$scratch/API.md" || { echo 'API.md is out of date: run `npx projen docgen` and commit it.'; return 1; }
  echo 'API.md is up to date'
}

step_lint() { npx projen eslint --no-fix --max-warnings=0; }

step_types() { npx projen typecheck; }

step_rosetta() {
  set -e
  node "$lib/fixture.js"
  mkdir -p "$cache/polyglot"
  "$lib/translate" "$cache/polyglot/translations.json" # where scripts/polyglot looks
  CDK_VALIDATION=false npx --no tsx "$lib/run-examples.ts" "$cache/polyglot/translations.json"
}

step_docs() { scripts/docs --check; }

# Whatever has a runner of its own is left out; so is what needs compiled code.
step_unit() { jest unit --coverage=false --testPathIgnorePatterns=/node_modules/ /test/oracle/ /test/deploy/ /test/packaging/; }

step_newest() { jest newest --config test/newest/jest.config.json; }

step_awslint() { node "$lib/awslint.js"; }

step_breaking() { scripts/api-baseline --check; }

step_licences() { node "$lib/licences.js" && scripts/sbom --check; }

step_packaging() { jest packaging --coverage=false --testPathIgnorePatterns=/node_modules/ --testPathPatterns=/test/packaging/; }

# Its caches are the user's; `scripts/polyglot --clean-caches` is the same as on a new machine.
step_polyglot() { scripts/polyglot; }

step_python() {
  source "$lib/tools.sh"
  need_tools python
  "$lib/venv" clients examples/clients/python/requirements.txt # for the clients that are deployed
}

step_oracle() {
  set -e
  "$lib/cfn-lint" --version # installs it when it is missing, outside any test's time limit
  jest oracle --config test/oracle/jest.config.json
}

# What somebody brought along is not provided once more.
step_engine() {
  set -e
  if [[ -z ${VALKEY_SERVER:-} ]]; then
    source "$lib/tools.sh"
    need_tools compiler
    local/aws engine --build valkey
  fi
  if [[ -z ${MEMCACHED_SERVER:-} ]]; then local/aws engine --build memcached; fi
  local/aws engine
}

step_local() { local/aws test -- --junitxml="$reports/local.xml"; }

step_deploy() { local/aws exec -- npx jest --ci --json --outputFile="$reports/deploy.json" --config test/deploy/jest.config.json; }

step_integ() { local/aws exec -- npx --no tsx test/integ/run.ts --bootstrap --self-test --at-once 3 --report "$reports/integ.xml"; }
