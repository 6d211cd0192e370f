# A clean project a language, with the packed library in it. Sourced by scripts/polyglot.
#
# Each leaves its templates in $work/out/LANGUAGE/. The quickstart of Python, Java and Go is the one of examples/.

apps=$root/test/polyglot
quickstart=$root/examples/quickstart

project() { # LANGUAGE: an empty project, beside the client that the quickstarts read from its parent folder
  mkdir -p "$work/projects/$1" "$work/out/$1"
  cp "$quickstart/client.py" "$work/projects/"
  cd "$work/projects/$1"
}

synthesize() { # LANGUAGE NAME COMMAND...
  local language=$1 name=$2
  shift 2
  CDK_OUTDIR="$work/assembly/$language-$name" "$@"
  cp "$work/assembly/$language-$name"/*.template.json "$work/out/$language/"
}

floor() { node -p "require('$root/package.json').devDependencies['$1']"; }

project_typescript() {
  project typescript
  cp "$apps/typescript/app.ts" .
  echo '{ "private": true }' >package.json
  npm install --prefer-offline --no-audit --no-fund --loglevel=error "$work"/dist/js/*.tgz "aws-cdk-lib@$(floor aws-cdk-lib)" "constructs@$(floor constructs)" \
    "typescript@$(floor typescript)" "@types/node@$(floor @types/node)"
  node_modules/.bin/tsc --strict --target es2022 --module node16 --skipLibCheck --types node app.ts
  synthesize typescript app node app.js ../client.py
  echo; echo "$(ls "$work/out/typescript" | wc -l) templates"
}

project_python() {
  project python
  cp "$quickstart"/python/{app.py,requirements.txt} .
  cp "$apps/python/app.py" topologies.py
  printf '%s\n' "aws-cdk-lib==$(floor aws-cdk-lib)" "constructs==$(floor constructs)" >constraints.txt
  python3 -m venv venv
  local install=(venv/bin/python -m pip install --quiet --no-compile --no-index --find-links "$cache/wheels" --find-links "$work/dist/python"
    --requirement requirements.txt --constraint constraints.txt)
  # pip's own cache does not keep what other indexes serve, a folder of wheels does.
  if ! "${install[@]}"; then
    venv/bin/python -m pip download --quiet --dest "$cache/wheels" --find-links "$work/dist/python" --requirement requirements.txt --constraint constraints.txt
    rm "$cache"/wheels/cdk_elasticache-*
    "${install[@]}"
  fi
  synthesize python quickstart venv/bin/python app.py
  synthesize python topologies venv/bin/python topologies.py
  echo; echo "$(ls "$work/out/python" | wc -l) templates"
}

project_java() {
  project java
  cp -r "$quickstart"/java/* "$apps"/java/* .
  # A repository of the machine, as `mvn install` would have filled it.
  rm -rf "$cache/maven/io/github/cdk-elasticache"
  cp -r "$work"/dist/java/. "$cache/maven/"
  maven "-Dcdk-elasticache.version=$(node -p "require('$root/package.json').version")" compile
  local name
  for name in Quickstart Topologies; do
    synthesize java "$name" maven "-Dcdk-elasticache.version=$(node -p "require('$root/package.json').version")" exec:java "-Dexec.mainClass=$name"
  done
  echo; echo "$(ls "$work/out/java" | wc -l) templates"
}

project_go() {
  project go
  cp "$quickstart"/go/{go.mod,main.go} .
  mkdir topologies
  cp "$apps/go/main.go" topologies/
  go mod edit -replace "github.com/cdk-elasticache/cdk-elasticache-go/cdkelasticache=$work/dist/go/cdkelasticache"
  go mod tidy
  go build -o bin/ ./...
  synthesize go quickstart bin/quickstart
  synthesize go topologies bin/topologies
  echo; echo "$(ls "$work/out/go" | wc -l) templates"
}

same_template() { # LANGUAGE STACK
  cmp "$work/out/typescript/$2.template.json" "$work/out/$1/$2.template.json" || {
    diff --unified "$work/out/typescript/$2.template.json" "$work/out/$1/$2.template.json"
    return 1
  }
  echo "$(wc -c <"$work/out/$1/$2.template.json") bytes, the same"
}

# What a reader of the package sees of an example: its own language, and no TypeScript that was left as it is.
in_its_language() { # FILE WORDS
  grep --fixed-strings --quiet -e "$2" "$1" || { echo "$1 does not show: $2"; return 1; }
  if grep --line-number --extended-regexp "new [A-Z][A-Za-z]+\\(this, '" "$1"; then
    echo "TypeScript in $1"
    return 1
  fi
}

documentation() { # LANGUAGE
  local folder=$work/documentation/$1
  mkdir -p "$folder"
  case $1 in
    python)
      "$work/projects/python/venv/bin/python" -c '
import cdk_elasticache
types = [value for value in vars(cdk_elasticache).values() if isinstance(value, type)]
print(cdk_elasticache.__doc__, *(value.__doc__ for value in types), sep="\n")' >"$folder/shown"
      in_its_language "$folder/shown" 'cache = CacheCluster(self, "Cache", vpc=vpc)' ;;
    java)
      (cd "$folder" && jar --extract --file "$(echo "$work"/dist/java/io/github/cdk-elasticache/cdk-elasticache/*/*-sources.jar)")
      cat "$folder"/io/github/cdkelasticache/*.java >"$folder/shown"
      in_its_language "$folder/shown" 'CacheCluster cache = CacheCluster.Builder.create(this, "Cache").vpc(vpc).build();' ;;
    go)
      cat "$work"/dist/go/cdkelasticache/{*.go,README.md} >"$folder/shown"
      in_its_language "$folder/shown" 'cache := cdkelasticache.NewCacheCluster(this, jsii.String("Cache"), &CacheClusterProps{' ;;
    csharp)
      find "$work/dist/dotnet" -name '*.cs' -exec cat {} + >"$folder/shown"
      in_its_language "$folder/shown" 'var cache = new CacheCluster(this, "Cache", new CacheClusterProps { Vpc = vpc });' ;;
  esac
  echo "$(wc -l <"$folder/shown") lines"
}

# The command comes with the package of Python too.
python_command() { "$work/projects/python/venv/bin/cdk-elasticache" check "$work"/out/python/*.template.json; }
