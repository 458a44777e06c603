#!/bin/bash
# neutron.sh up|down: a real Neutron beside a mini-nova that is up: ML2 with Open vSwitch, routers, and the schedulers of agents. The
# catalogue leads to it from then on; Nova itself keeps its stub, so that servers need no network. 10 s where nothing else is at work, half a GB.
# neutron.sh agents [N[:MODE]]...: the L3, DHCP and Open vSwitch agents of hosts computeN report from now on, an L3 agent in mode legacy
# if no other is told; those of all other hosts fall silent, and are not alive any more. None report after up.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
usage() { echo "usage: neutron.sh up|down|agents [N[:MODE]]..." >&2; exit 2; }
[[ $# -gt 0 ]] || usage
[[ -e $RUN/pid/mariadb ]] || die "mini-nova is not up ($RUN)"
reporting=$RUN/neutron/reporting
config=$RUN/etc/neutron.conf

sql() { mariadb --no-defaults -u root -S "$MYSQL_SOCKET" "$@"; }
running() { [[ -e $RUN/pid/$1 ]] && ours "$(<"$RUN/pid/$1")"; }
start() {   # NAME PYTHON-ARGUMENT...
  local name=$1
  shift
  setsid env "$MARK" "$PYTHON" "$@" --config-file "$config" --log-file "$RUN/log/$name.log" </dev/null >"$RUN/log/$name.out" 2>&1 &
  echo $! >"$RUN/pid/$name"
}

# setproctitle: a process that names itself overwrites its environment, and with it the mark by which down.sh knows it.
# service_type: as in nova.conf (configure.sh). rpc_workers and the like: as few processes as there can be. agent_down_time stays 75 s, for this
# machine may be busy; agents() does not wait for it.
configure() {
  cat >"$config" <<CONF
[DEFAULT]
transport_url = rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/
state_path = $RUN/neutron
setproctitle = off
bind_host = 127.0.0.1
bind_port = $NETWORK_PORT
api_paste_config = $PASTE/neutron-api-paste.ini
api_workers = 0
rpc_workers = 1
rpc_state_report_workers = 0
auth_strategy = keystone
core_plugin = ml2
service_plugins = router
max_l3_agents_per_router = 2
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
[agent]
report_interval = 3
[ml2]
type_drivers = vxlan
tenant_network_types = vxlan
mechanism_drivers = openvswitch
[ml2_type_vxlan]
vni_ranges = 1:1000
[database]
connection = mysql+pymysql://root@localhost/neutron?unix_socket=$MYSQL_SOCKET&charset=utf8
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = network
auth_type = password
auth_url = http://127.0.0.1:$KEYSTONE_PORT/v3
username = admin
password = secret
project_name = admin
user_domain_name = Default
project_domain_name = Default
region_name = RegionOne
[oslo_concurrency]
lock_path = $RUN/neutron/lock
CONF
}

up() {
  if running neutron; then return 0; fi
  mkdir -p "$RUN/neutron"
  : >"$reporting"
  rm -f "$reporting.seen"
  configure
  sql -e "create database if not exists neutron character set utf8mb3"
  "$PYTHON" -c 'import sys; from neutron.db.migration.cli import main; sys.exit(main())' --config-file "$config" upgrade heads \
    >"$RUN/log/neutron-schema.out" 2>&1 || { tail -5 "$RUN/log/neutron-schema.out" >&2; die "Neutron's schema was not made"; }
  start neutron -c 'from neutron.cmd.eventlet.server import main; main()'
  start neutron-agents "$HERE/python/neutron_agents.py" "$reporting"
  await 1200 listening "$NETWORK_PORT" || { tail -5 "$RUN"/log/neutron.{log,out} >&2; die "port $NETWORK_PORT does not open"; }
  "$PYTHON" "$HERE/python/network_endpoint.py" "$NETWORK_PORT"
}

down() {
  "$PYTHON" "$HERE/python/network_endpoint.py" "$NEUTRON_PORT"
  local name
  for name in neutron-agents neutron; do
    if [[ -e $RUN/pid/$name ]]; then end TERM "$name"; fi
    rm -f "$RUN/pid/$name"
  done
  sql -e "drop database if exists neutron"
}

agents() {
  running neutron-agents || die "Neutron is not up: neutron.sh up"
  local agent hosts="''"
  for agent; do
    [[ $agent =~ ^([1-9][0-9]*)(:(legacy|dvr|dvr_snat|dvr_no_external))?$ ]] || usage
    echo "compute${BASH_REMATCH[1]} ${BASH_REMATCH[3]:-legacy}"
    hosts+=", 'compute${BASH_REMATCH[1]}'"
  done >"$reporting.next"
  mv "$reporting.next" "$reporting"
  await 600 cmp -s "$reporting" "$reporting.seen" || { tail -5 "$RUN"/log/neutron-agents.{log,out} >&2; die "the agents do not obey"; }
  # as if they had been silent for long already
  sql neutron -e "update agents set heartbeat_timestamp = '2000-01-01' where host not in ($hosts)"
}

case $1 in
  up|down) [[ $# == 1 ]] || usage; "$1" ;;
  agents) "$@" ;;
  *) usage ;;
esac
