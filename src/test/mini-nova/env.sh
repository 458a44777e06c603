# Sourced by every script here: where things are, which ports they use, and the few functions that more than one needs.
set -euo pipefail
export LC_ALL=C
export PATH=$PATH:/usr/sbin:/sbin   # mariadbd is there, and users that are not root do not look there

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PYTHON=/usr/bin/python3   # Debian's own: Nova is installed for no other

# Two can run on one machine: each with its own offset (a multiple of 100), which moves its ports and its state.
MINI_NOVA_OFFSET=${MINI_NOVA_OFFSET:-0}
if [[ ! $MINI_NOVA_OFFSET =~ ^[0-9]{1,5}$ ]] || (( 10#$MINI_NOVA_OFFSET % 100 != 0 || 10#$MINI_NOVA_OFFSET > 40000 )); then
  echo "mini-nova: MINI_NOVA_OFFSET='$MINI_NOVA_OFFSET' must be a multiple of 100 from 0 to 40000" >&2
  exit 2
fi
KEYSTONE_PORT=$((15000 + MINI_NOVA_OFFSET))
PLACEMENT_PORT=$((18778 + MINI_NOVA_OFFSET))
GLANCE_PORT=$((19292 + MINI_NOVA_OFFSET))
NOVA_PORT=$((18774 + MINI_NOVA_OFFSET))
NEUTRON_PORT=$((19696 + MINI_NOVA_OFFSET))
MASAKARI_PORT=$((15868 + MINI_NOVA_OFFSET))
NETWORK_PORT=$((19697 + MINI_NOVA_OFFSET))        # the real Neutron of neutron.sh; NEUTRON_PORT is Nova's stub
ALERTMANAGER_PORT=$((19093 + MINI_NOVA_OFFSET))
CINDER_PORT=$((18776 + MINI_NOVA_OFFSET))
OCTAVIA_PORT=$((19876 + MINI_NOVA_OFFSET))
RABBIT_PORT=$((15673 + MINI_NOVA_OFFSET))
ERLANG_PORT=$((15674 + MINI_NOVA_OFFSET))
EPMD_PORT=$((14369 + MINI_NOVA_OFFSET))
ALL_PORTS="$KEYSTONE_PORT $PLACEMENT_PORT $GLANCE_PORT $NOVA_PORT $NEUTRON_PORT $MASAKARI_PORT $RABBIT_PORT $ERLANG_PORT $EPMD_PORT"
ALL_PORTS+=" $NETWORK_PORT $ALERTMANAGER_PORT"
ALL_PORTS+=" $CINDER_PORT $OCTAVIA_PORT"

# Everything that changes: run/ lives from up to down; golden.tar makes the second up faster.
project=$(cd "$HERE/../../.." && pwd)
default_state=$project/target/mini-nova
if (( MINI_NOVA_OFFSET != 0 )); then default_state+=-$MINI_NOVA_OFFSET; fi
STATE=${MINI_NOVA_STATE:-$default_state}
RUN=$STATE/run
MYSQL_SOCKET=$RUN/mysql.sock
CONTROL=$RUN/control.json
PASTE=$HERE/etc           # the paste files that install.sh takes out of Debian's packages; ignored by git

MINI_NOVA_COMPUTES=${MINI_NOVA_COMPUTES:-3}

# Nova's max_concurrent_live_migrations: of all hosts for up.sh, of the one that comes back for compute.sh. 1 without it.
if [[ ! ${MINI_NOVA_LIVE_MIGRATIONS:-1} =~ ^[0-9]{1,3}$ ]]; then
  echo "mini-nova: MINI_NOVA_LIVE_MIGRATIONS='$MINI_NOVA_LIVE_MIGRATIONS' must be a number from 0 (no limit) to 999" >&2
  exit 2
fi

# What the Python programs here read.
export MINI_NOVA_CONTROL=$CONTROL MINI_NOVA_PYTHON_DIR=$HERE/python
export KEYSTONE_PORT PLACEMENT_PORT GLANCE_PORT NOVA_PORT NEUTRON_PORT MASAKARI_PORT RABBIT_PORT
export NETWORK_PORT CINDER_PORT OCTAVIA_PORT
export PYTHONDONTWRITEBYTECODE=1
# Loopback only: no proxy may stand between the services.
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
export no_proxy=127.0.0.1,localhost

PORT_TAKEN=3   # up.sh's exit status for "choose another offset"
die() { echo "mini-nova: $*" >&2; exit 1; }

# Every process that is started carries MINI_NOVA_PROCESS=$RUN in its environment: by this mark, never by a name or by
# a number alone, the scripts know their own (numbers are reused; RabbitMQ starts helpers in sessions of their own).
MARK=MINI_NOVA_PROCESS=$RUN

# ours PID: whether the process is alive (not a zombie) and was started by this mini-nova
ours() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  [[ ${stat##*) } != Z* ]] || return 1
  grep -qzxF -- "$MARK" "/proc/$1/environ" 2>/dev/null
}

# all_ours: the numbers of all such processes
all_ours() {
  local environ
  { grep -lzxF -- "$MARK" /proc/[0-9]*/environ 2>/dev/null || true; } | while read -r environ; do
    environ=${environ#/proc/}
    if ours "${environ%/environ}"; then echo "${environ%/environ}"; fi
  done
}

# await TENTHS COMMAND...: until the command succeeds, at most so many tenths of a second
await() {
  local left=$1
  shift
  until "$@"; do
    (( left-- > 0 )) || return 1
    sleep 0.1
  done
}

gone() { ! ours "$1"; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# end SIGNAL NAME: sends the signal to one started service's process group, and waits until it is gone
end() {
  local pid
  [[ -e $RUN/pid/$2 ]] || die "there is no process '$2' ($RUN/pid/$2 is absent)"
  pid=$(<"$RUN/pid/$2")
  if ours "$pid"; then
    kill "-$1" -- "-$pid" 2>/dev/null || true
    await 200 gone "$pid" || die "process $pid ($2) did not end within 20 s of SIG$1"
  fi
}
