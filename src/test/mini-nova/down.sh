#!/bin/bash
# Ends every process that up.sh or compute.sh started, also after an up that failed or a `mvn clean` in between, and
# removes the state. The golden copy that makes the next up faster stays.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

none_left() { [[ -z $(all_ours) ]]; }

pids=$(all_ours)
if [[ -n $pids ]]; then
  kill -TERM $pids 2>/dev/null || true
  if ! await 100 none_left; then
    kill -KILL $(all_ours) 2>/dev/null || true
    await 50 none_left || die "these processes do not end: $(all_ours | tr '\n' ' ')"
  fi
fi
rm -rf "$RUN"
