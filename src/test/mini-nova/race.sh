#!/bin/bash
# race.sh [ROW...]: empties compute1 twice a row, first by plain requests that are all sent at once (the floor: what Nova itself
# takes), then with the product, and prints how long each took, a line a row; all rows without an argument. A row that is named
# more than once gets a line with the medians at the end. See README.md.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
ROWS=(live1 live4 cold off rebuild)
(( $# > 0 )) || set -- "${ROWS[@]}"
for row; do
  [[ " ${ROWS[*]} " == *" $row "* ]] || { echo "usage: race.sh [$(IFS='|'; echo "${ROWS[*]}")]..." >&2; exit 2; }
done
[[ -e $RUN/pid/compute1 && -e $RUN/pid/mariadb ]] || die "mini-nova is not up ($RUN)"
export MYSQL_SOCKET RACE_SERVERS=${RACE_SERVERS:-}
# the rehearsal that was packaged last; words, not a path, so that it may be another command. A controller has processors of its
# own; here the JVM's second compiler would take them from Nova for as long as the race lasts
export RACE_PRODUCT=${RACE_PRODUCT:-java -XX:TieredStopAtLevel=1 -jar $project/target/nova-rehearsal.jar}
if [[ $RACE_PRODUCT == *"-jar $project/"* && ! -e $project/target/nova-rehearsal.jar ]]; then
  die "there is no target/nova-rehearsal.jar: mvn -DskipTests package makes it, or set RACE_PRODUCT to another command"
fi
workspace=$(mktemp -d "$STATE/race.XXXXXX")

runs_with=unknown   # compute1's limit now; a start costs half a minute where there is little CPU
# compute1 LIMIT: runs with so many live migrations at once, whatever it was before
compute1() {
  if [[ $runs_with != "$1" ]]; then
    "$HERE/compute.sh" stop 1
    MINI_NOVA_LIVE_MIGRATIONS=$1 "$HERE/compute.sh" start 1
    runs_with=$1
  fi
}
left() {   # whatever happened: no servers of a race, and compute1 as up.sh made it
  local status=$?
  trap - EXIT
  rm -rf "$workspace"
  "$HERE/control.sh" reset || true
  compute1 "" || true   # first: a dead host's servers are deleted only once it is known to be down
  "$PYTHON" "$HERE/python/race.py" clear || true
  exit "$status"
}
trap left EXIT
trap 'exit 130' INT TERM HUP

# race ROW floor|product: what it prints are the words of the line, to $workspace/ROW.WHO
race() {
  "$PYTHON" "$HERE/python/race.py" clear
  compute1 "$limit"
  "$PYTHON" "$HERE/python/race.py" boot "$1"
  if [[ $1 == rebuild ]]; then "$HERE/compute.sh" kill 1; runs_with=nothing; fi
  "$PYTHON" "$HERE/python/race.py" "$2" "$1" "$workspace" >"$workspace/$1.$2"
}

# the guests' copies take 2 s, spawning and the moving of a guest that is off nothing: what is left is Nova's own
"$HERE/control.sh" '{"live_seconds": {"*": 2}, "cold_seconds": {"*": 0}, "spawn_seconds": {"*": 0}}'
for row; do
  case $row in live4) limit=4 ;; *) limit=1 ;; esac
  race "$row" floor
  race "$row" product
  "$PYTHON" "$HERE/python/race.py" line "$row" "$workspace"
done
"$PYTHON" "$HERE/python/race.py" medians "$workspace"
