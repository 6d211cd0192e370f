# Runs steps and keeps the account. Sourced by scripts/test, which sets `reports` and `temporary` to folders.
#
# A step is a function `step_NAME` with a line in `about`, and in `needs` the steps that must have passed before it.
# It may leave a report in $reports/NAME.json (jest) or NAME.xml (JUnit): then its tests are counted, else it is one check.

declare -A about=() needs=() seconds=() passed=() failed=() skipped=() outcome=()
steps=()
started=$SECONDS
running='' # process group of the step that runs now
beside_lane='' # process of the steps that run beside

heartbeat=${TEST_HEARTBEAT:-10} # seconds between signs of life
limit=${TEST_STEP_LIMIT:-1200}  # a step that takes longer hangs

step() { # NAME NEEDS ABOUT
  steps+=("$1") needs[$1]=$2 about[$1]=$3
}

say() { printf '[%4d s] %s\n' "$((SECONDS - started))" "$*"; }

# Ends the step that runs: politely, for its tools clean up after an interrupt, then by force.
stop_running() {
  local signal
  for signal in INT TERM KILL; do
    [[ -n $running ]] && kill -"$signal" -- "-$running" 2>/dev/null || break
    for _ in {1..50}; do kill -0 -- "-$running" 2>/dev/null || break 2; sleep 0.2; done
  done
  running=''
  end_strays
}

# What a step left running in a session of its own is known by the folder for temporary files that the step was given.
end_strays() {
  local signal stray strays
  for signal in TERM KILL; do
    strays=$(unset TMPDIR; grep --files-with-matches --fixed-strings "$scratch" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3)
    [[ -n $strays ]] || return 0
    for stray in $strays; do
      say "  still running, ended now: $(tr '\0' ' ' <"/proc/$stray/cmdline" | cut -c 1-100)"
      kill -"$signal" "$stray"
    done 2>/dev/null
    sleep 2
  done
}

run_step() { # NAME
  local name=$1 log=$reports/$1.log begun=$SECONDS beat=$((SECONDS + heartbeat)) reason='' unmet
  passed[$name]=0 failed[$name]=1 skipped[$name]=0 seconds[$name]=0
  for unmet in ${needs[$name]}; do
    if [[ ${failed[$unmet]:-0} != 0 ]]; then
      outcome[$name]="not run: it needs $unmet, which failed"
      say "$name: ${outcome[$name]}"
      return
    fi
  done

  say "$name: ${about[$name]}"
  rm -f "$reports/$name".{json,xml} "$scratch/counts"
  set -m
  ( set +m; "step_$name" ) >"$log" 2>&1 </dev/null &
  running=$!
  set +m
  local child=$running status=0
  while kill -0 "$running" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - begun > limit)); then
      reason="stopped: it took longer than $limit s"
      stop_running
    elif ((SECONDS >= beat)); then
      beat=$((SECONDS + heartbeat))
      say "  … $name, $((SECONDS - begun)) s: $(last_line "$log")"
    fi
  done
  wait "$child" || status=$?
  stop_running
  seconds[$name]=$((SECONDS - begun))
  account "$name" "$status" "$reason"
  show_outcome "$name" "$log"
}

account() { # NAME STATUS REASON: how many checks passed and failed
  local name=$1 status=$2 reason=$3 report counts=''
  for report in "$reports/$name".{json,xml}; do
    if [[ -s $report ]]; then
      node "$lib/count.js" "$report" >"$scratch/counts" && read -r counts <"$scratch/counts"
    fi
  done
  if [[ -n $counts ]]; then
    read -r passed[$name] failed[$name] skipped[$name] <<<"$counts"
  elif ((status == 0)); then
    passed[$name]=1 failed[$name]=0
  fi
  # Passed tests do not outweigh a runner that failed, and no tests are no success.
  if ((failed[$name] == 0 && (status != 0 || passed[$name] == 0))); then
    failed[$name]=1
    : "${reason:=$([[ $status == 0 ]] && echo 'ran no test' || echo "ended with exit code $status")}"
  fi
  outcome[$name]=$reason
}

show_outcome() { # NAME LOG
  local name=$1 log=$2
  if [[ ${failed[$name]} == 0 ]]; then
    say "$name: ok, $(counts "$name") in ${seconds[$name]} s"
    return
  fi
  say "$name: FAILED, $(counts "$name") in ${seconds[$name]} s${outcome[$name]:+ (${outcome[$name]})}; the end of $log:"
  tail -n 100 "$log" | sed 's/^/    | /'
  if [[ -s $scratch/counts ]]; then
    sed -n '2,40s/^/    failed: /p' "$scratch/counts"
  fi
}

counts() { echo "${passed[$1]} passed, ${failed[$1]} failed$([[ ${skipped[$1]} == 0 ]] || echo ", ${skipped[$1]} skipped")"; }

last_line() { grep -v -e '^\s*$' -e '^npm warn' "$1" | tail -n 1 | cut -c 1-120; }

# Steps one after the other, with a folder of their own for temporary files.
run_lane() { # FOLDER STEPS...
  local name
  scratch=$temporary/$1
  shift
  mkdir -p "$scratch"
  export TMPDIR=$scratch
  for name in "$@"; do run_step "$name"; done
}

# The same in the background. What became of the steps is handed over in a file, for a process cannot change the variables of another.
start_beside() { # STEPS...
  (($#)) || return 0
  local name
  for name in "$@"; do seconds[$name]=0 passed[$name]=0 failed[$name]=1 skipped[$name]=0 outcome[$name]='did not end'; done
  (
    trap stop_running EXIT
    trap 'exit 143' TERM HUP
    run_lane beside "$@"
    for name in "$@"; do
      printf '%s[%s]=%q\n' seconds "$name" "${seconds[$name]}" passed "$name" "${passed[$name]}" failed "$name" "${failed[$name]}" \
        skipped "$name" "${skipped[$name]}" outcome "$name" "${outcome[$name]}"
    done >"$temporary/beside.results"
  ) &
  beside_lane=$!
}

await_beside() {
  [[ -n $beside_lane ]] || return 0
  while kill -0 "$beside_lane" 2>/dev/null; do sleep 0.5; done
  wait "$beside_lane"
  beside_lane=''
  [[ -s $temporary/beside.results ]] && source "$temporary/beside.results"
}

stop_beside() {
  [[ -n $beside_lane ]] || return 0
  kill -TERM "$beside_lane" 2>/dev/null
  wait "$beside_lane" 2>/dev/null
}

# The table, then the line that says it all. Fails when anything failed.
summary() {
  local name total_passed=0 total_failed=0 total_skipped=0
  printf '\n%-10s %8s %8s %8s %8s\n' step seconds passed failed skipped
  for name in "$@"; do
    printf '%-10s %8d %8d %8d %8d  %s\n' \
      "$name" "${seconds[$name]}" "${passed[$name]}" "${failed[$name]}" "${skipped[$name]}" "${outcome[$name]}"
    ((total_passed += passed[$name], total_failed += failed[$name], total_skipped += skipped[$name])) || true
  done
  printf '%-10s %8d\n\n' total "$((SECONDS - started))"
  echo "$total_passed passed, $total_failed failed$([[ $total_skipped == 0 ]] || echo ", $total_skipped skipped")"
  ((total_failed == 0))
}
