# What the tools of all languages are told. Sourced by scripts/polyglot, which sets `cache`.

export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=$(node -p 'process.versions.node.split(".")[0]')
export NODE_NO_WARNINGS=1
export JSII_RUNTIME_PACKAGE_CACHE_ROOT=$cache/jsii
export GOMODCACHE=$cache/go/modules GOCACHE=$cache/go/build
export GOFLAGS="${GOFLAGS:-} -modcacherw" # else nobody could delete the modules
export GOTOOLCHAIN=local PIP_DISABLE_PIP_VERSION_CHECK=1
# aws-cdk-lib's own validator of templates takes longer than the synthesis.
export CDK_VALIDATION=false
unset CDK_DEFAULT_ACCOUNT CDK_DEFAULT_REGION CDK_CONTEXT_JSON CDK_OUTDIR

maven() { mvn --quiet --batch-mode -Dstyle.color=never -Dmaven.repo.local="$cache/maven" "$@"; }

# Every tool that is missing is named; nothing is left out for want of one.
have_tools() {
  local missing=()
  node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' || missing+=('Node 20 or newer')
  python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' || missing+=('Python 3.11 or newer with venv')
  javac --release 17 --version || missing+=('a JDK 17 or newer')
  mvn --version || missing+=('Maven')
  [[ $(printf '%s\n' "$(go env GOVERSION)" go1.25 | sort --version-sort | head -n 1) == go1.25 ]] || missing+=('Go 1.25 or newer')
  ((${#missing[@]} == 0)) || { printf 'missing: %s\n' "${missing[@]}"; return 1; }
  echo "Node $(node --version), $(python3 --version), $(javac --version), $(mvn -Dstyle.color=never --version | head -n 1 | cut -d ' ' -f 2-3), $(go env GOVERSION)"
}
