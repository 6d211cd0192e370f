# One package a language. Sourced by scripts/polyglot.

compile() {
  if ! scripts/lib/compiled; then
    npx projen pre-compile
    npx projen compile
  fi
  node -p '`${Object.keys(JSON.parse(require("fs").readFileSync(".jsii")).types).length} types`'
}

# What the documentation of the packages shows: every example in the language of its reader. Those that did not change are not translated again.
translate() {
  scripts/lib/translate "$work/translations.json" --cache-from "$cache/translations.json"
  cp "$work/translations.json" "$cache/"
  node -p '`${Object.keys(JSON.parse(require("fs").readFileSync(process.argv[1])).snippets).length} examples`' "$work/translations.json"
}

pacmak() {
  node_modules/.bin/jsii-pacmak --outdir "$work/dist" --no-npmignore --maven-local-repository "$cache/maven" \
    --rosetta-tablet "$work/translations.json" --rosetta-unknown-snippets fail "$@"
}

pack() {
  pacmak --target js --target python --target java --target go
  local file
  for file in js/*.tgz python/*.whl go/cdkelasticache/go.mod java/io/github/cdk-elasticache/cdk-elasticache/*/*.pom; do
    [[ -e $(echo "$work"/dist/$file) ]] || { echo "there is no $file"; return 1; }
  done
  du --summarize --human-readable "$work"/dist/* | awk '{ sub(".*/", "", $2); printf "%s %s, ", $2, $1 } END { print "unpacked" }'
}

# There is no compiler of C# here: that the code can be generated is all that this says.
generate_csharp() {
  pacmak --target dotnet --code-only
  echo "$(find "$work/dist/dotnet" -name '*.cs' | wc -l) files generated, not compiled"
}

sizes() {
  echo
  echo 'Packages, in KiB:'
  (cd "$work/dist" && find . \( -name '*.tgz' -path './js/*' -o -name '*.whl' -o -name 'cdk-elasticache-*.jar' -o -name '*.tgz' -path './go/*' \) \
    -not -name '*-javadoc.jar' -not -name '*-sources.jar' -printf '%k\t%P\n' 2>/dev/null | sort -k 2)
  echo
}
