# Runs checks and keeps the account. Sourced by scripts/polyglot, which sets `work`.

names=()
declare -A outcome=() took=()

# Says one line; what the command prints is shown only when it fails.
check() { # NAME NEEDS COMMAND...
  local name=$1 needs=$2 need from=$SECONDS log status=0
  shift 2
  names+=("$name")
  took[$name]=0
  for need in $needs; do
    if [[ ${outcome[$need]} != passed ]]; then
      outcome[$name]="not run: it needs $need, which failed"
      printf '%-22s %s\n' "$name" "${outcome[$name]}"
      return
    fi
  done
  log="$work/logs/${name// /-}.log"
  # A shell of its own, where `set -e` holds: as a condition it would not.
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  took[$name]=$((SECONDS - from))
  if ((status == 0)); then
    outcome[$name]=passed
    printf '%-22s ok %5d s   %s\n' "$name" "${took[$name]}" "$(grep -v '^npm warn' "$log" | tail -n 1 | cut -c 1-150)"
  else
    outcome[$name]="failed with exit code $status"
    printf '%-22s FAILED after %d s:\n' "$name" "${took[$name]}"
    tail -n 60 "$log" | sed 's/^/    | /'
  fi
}

# The report for scripts/test, and the line that says it all. Fails when anything failed.
report() { # FILE
  local name failed=0 cases='' text
  for name in "${names[@]}"; do
    cases+="  <testcase classname=\"polyglot\" name=\"$name\" time=\"${took[$name]}\">"
    if [[ ${outcome[$name]} != passed ]]; then
      ((failed += 1))
      text=$(tail -n 20 "$work/logs/${name// /-}.log" 2>/dev/null | tr -d '\000-\010\013\014\016-\037' | sed 's/&/\&amp;/g; s/</\&lt;/g')
      cases+="<failure message=\"${outcome[$name]}\">$text</failure>"
    fi
    cases+=$'</testcase>\n'
  done
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="polyglot" tests="%d" failures="%d" errors="0" skipped="0">\n%s</testsuite>\n' \
    "${#names[@]}" "$failed" "$cases" >"$1"
  echo "$((${#names[@]} - failed)) passed, $failed failed in $SECONDS s"
  ((failed == 0))
}
