#!/bin/bash
# roll.sh [LOADED]: a roll of 6 hosts and 60 servers, two hosts at a time, by roll.Jenkinsfile in the rehearsal, whose controller is
# killed five times; Nova's records are the judge. LOADED hosts have the servers: 6, or 5 and a spare. See README.md.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
LOADED=${1:-6}
[[ $# -le 1 && $LOADED =~ ^[56]$ ]] || { echo "usage: roll.sh [5|6]" >&2; exit 2; }
[[ -e $RUN/pid/compute6 && ! -e $RUN/pid/compute7 && -e $RUN/pid/mariadb ]] ||
  die "a mini-nova with 6 hosts is not up ($RUN): MINI_NOVA_COMPUTES=6 $HERE/up.sh"
export MYSQL_SOCKET
# the rehearsal that was packaged last; words, not a path, so that it may be another command
ROLL_PRODUCT=${ROLL_PRODUCT:-java -XX:TieredStopAtLevel=1 -jar $project/target/nova-rehearsal.jar}
if [[ $ROLL_PRODUCT == *"-jar $project/"* && ! -e $project/target/nova-rehearsal.jar ]]; then
  die "there is no target/nova-rehearsal.jar: mvn -DskipTests package makes it, or set ROLL_PRODUCT to another command"
fi
KILLS=${ROLL_KILLS:-20,60,100,150,200}   # seconds after the beginning
workspace=$(mktemp -d "$STATE/roll.XXXXXX")

left() {   # whatever happened: no servers of a roll, and the hosts as up.sh made them
  local status=$?
  trap - EXIT
  if (( status != 0 )) && [[ -e $workspace/console ]]; then cat "$workspace/console" >&2; fi
  rm -rf "$workspace"
  "$HERE/control.sh" reset || true
  local i
  for i in 1 2 3 4 5 6; do "$HERE/compute.sh" start "$i" || true; done
  "$PYTHON" "$HERE/python/roll.py" clear || true
  exit "$status"
}
trap left EXIT
trap 'exit 130' INT TERM HUP

"$PYTHON" "$HERE/python/roll.py" clear
"$HERE/control.sh" '{"live_seconds": {"*": 2}, "spawn_seconds": {"*": 0}}'
"$PYTHON" "$HERE/python/roll.py" boot "$LOADED"
(
  . "$HERE/openrc"
  $ROLL_PRODUCT "$HERE/roll.Jenkinsfile" -Dcloud=env "-Dworkspace=$workspace" "-Dkill=$KILLS" \
    "-Dparams=COMPUTE=$HERE/compute.sh,RESTARTS=$workspace/restarts" </dev/null >"$workspace/console" 2>&1
)
"$PYTHON" "$HERE/python/roll.py" judge "$LOADED" "$workspace"
