#!/bin/bash
# From nothing to a Nova with MINI_NOVA_COMPUTES hosts (default 3): MariaDB, RabbitMQ, Keystone, Placement, Glance, Nova,
# the API of Masakari, Cinder, Octavia, and an Alertmanager.
# About 40 s the first time, 30 s after that. If it fails, it ends what it started and shows why.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

started_at=${EPOCHREALTIME/./}
say() {
  local tenths=$(( (${EPOCHREALTIME/./} - started_at) / 100000 ))
  printf 'mini-nova: %3d.%d s  %s\n' $(( tenths / 10 )) $(( tenths % 10 )) "$*"
}

# --- may it start at all?
[[ $MINI_NOVA_COMPUTES =~ ^[1-9][0-9]?$ ]] || die "MINI_NOVA_COMPUTES='$MINI_NOVA_COMPUTES' must be a number from 1 to 99"
for name in nova masakari neutron cinder; do
  [[ -s $PASTE/$name-api-paste.ini ]] || die "not installed: run $HERE/install.sh first"
done
for program in mariadbd mariadb uwsgi epmd keystone-manage placement-manage masakari-manage prometheus-alertmanager; do
  command -v "$program" >/dev/null || die "$program is missing: run $HERE/install.sh first"
done
[[ -z $(all_ours) ]] || die "already up ($RUN); $HERE/down.sh ends it"
(( ${#MYSQL_SOCKET} <= 100 )) || die "the path $MYSQL_SOCKET is too long for a socket: set MINI_NOVA_STATE to a shorter folder"
for port in $ALL_PORTS; do
  if listening "$port"; then
    echo "mini-nova: port $port is taken (another mini-nova?): set MINI_NOVA_OFFSET to another multiple of 100 than $MINI_NOVA_OFFSET" >&2
    exit "$PORT_TAKEN"
  fi
done

failed() {
  local status=$?
  trap - EXIT
  if (( status != 0 )); then
    echo "mini-nova: up failed; the ends of the logs:" >&2
    local log
    for log in "$RUN"/log/*; do
      [[ -s $log ]] || continue
      echo "--- ${log##*/}" >&2
      grep -E 'ERROR|CRITICAL|Error|Traceback|rror:' "$log" | tail -5 >&2 || true
      tail -3 "$log" >&2
    done
    "$HERE/down.sh" || true
  fi
  exit "$status"
}
trap failed EXIT
trap 'exit 130' INT TERM HUP

rm -rf "$RUN"
. "$HERE/configure.sh"

# start NAME COMMAND...: in a session of its own, so that it outlives this script and can be ended as a group
start() {
  local name=$1
  shift
  setsid env "$MARK" "$@" </dev/null >"$RUN/log/$name.out" 2>&1 &
  echo $! >"$RUN/pid/$name"
}
sql() { mariadb --no-defaults -u root -S "$MYSQL_SOCKET" "$@"; }
sql_answers() { sql -e 'select 1' >/dev/null 2>&1; }
console_script() { local module=$1; shift; "$PYTHON" -c "import sys; from $module import main; sys.exit(main())" "$@"; }

start_mariadb() {   # durability is switched off everywhere: nothing here has to survive a power cut
  start mariadb mariadbd --no-defaults --user="$(id -un)" --datadir="$RUN/mysql" --socket="$MYSQL_SOCKET" \
    --skip-networking --pid-file="$RUN/mysql.pid" --innodb-flush-log-at-trx-commit=0 --sync-binlog=0 --skip-log-bin \
    --innodb-doublewrite=0 --innodb-flush-method=nosync --max-connections=500 --performance-schema=OFF
  await 300 sql_answers || die "MariaDB does not answer"
}

# "Connection: close": uwsgi's plain HTTP socket closes after each answer but does not say so, and clients that
# keep connections would run into the closed one. A worker may lock up while it ends; the master then kills it after that many
# seconds (60 unless told), well within those that end() waits for the master.
start_wsgi() {      # NAME PORT PROGRAM SETTING=VALUE
  start "$1" uwsgi --plugin python3 --http-socket "127.0.0.1:$2" --master --processes 1 --threads 4 --enable-threads \
    --die-on-term --worker-reload-mercy 5 --buffer-size 65535 --need-app --add-header "Connection: close" --lazy-apps \
    --wsgi-file "$3" --env "$4"
}
start_keystone() { start_wsgi keystone "$KEYSTONE_PORT" /usr/bin/keystone-wsgi-public "OS_KEYSTONE_CONFIG_FILES=$RUN/etc/keystone.conf"; }
start_others() {
  start_wsgi placement "$PLACEMENT_PORT" /usr/bin/placement-api "OS_PLACEMENT_CONFIG_DIR=$RUN/etc"
  start neutron-stub "$PYTHON" "$HERE/python/neutron_stub.py" "$NEUTRON_PORT"
  start glance "$PYTHON" -c 'import sys; from glance.cmd.api import main; sys.exit(main())' --config-file "$RUN/etc/glance.conf"
  start masakari "$PYTHON" "$HERE/python/masakari_api.py" --config-file "$RUN/etc/masakari.conf"
  start alertmanager prometheus-alertmanager --config.file="$RUN/etc/alertmanager.yml" --storage.path="$RUN/alertmanager" \
    --web.listen-address="127.0.0.1:$ALERTMANAGER_PORT" --cluster.listen-address=
}

start_rabbitmq() {  # it takes the longest; whoever needs it waits for it
  echo '[].' >"$RUN/rabbit/plugins"
  : >"$RUN/rabbit/rabbitmq.conf"
  start epmd epmd -address 127.0.0.1 -port "$EPMD_PORT"
  start rabbitmq env HOME="$RUN/rabbit" ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_NODENAME="mini@localhost" RABBITMQ_MNESIA_BASE="$RUN/rabbit/mnesia" RABBITMQ_LOG_BASE="$RUN/rabbit/log" \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$RABBIT_PORT" RABBITMQ_DIST_PORT="$ERLANG_PORT" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$RUN/rabbit/plugins" RABBITMQ_CONFIG_FILE="$RUN/rabbit/rabbitmq.conf" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none' \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}

keystone_schema() {
  install -d -m 700 "$RUN/keystone/fernet" "$RUN/keystone/credential"
  keystone-manage --config-file "$RUN/etc/keystone.conf" db_sync
  "$PYTHON" "$HERE/python/keystone_keys.py" "$RUN/keystone/fernet" "$RUN/keystone/credential"
  local url=http://127.0.0.1:$KEYSTONE_PORT/v3
  keystone-manage --config-file "$RUN/etc/keystone.conf" bootstrap --bootstrap-password secret \
    --bootstrap-region-id RegionOne --bootstrap-admin-url "$url" --bootstrap-public-url "$url" --bootstrap-internal-url "$url"
}
other_schemas() {
  placement-manage --config-file "$RUN/etc/placement.conf" db sync
  console_script glance.cmd.manage --config-file "$RUN/etc/glance.conf" db_sync
  masakari-manage --config-file "$RUN/etc/masakari.conf" db sync
  console_script cinder.cmd.manage --config-file "$RUN/etc/cinder.conf" db sync
}
octavia_schema() {
  console_script octavia.db.migration.cli --config-file "$RUN/etc/octavia.conf" upgrade head
}
nova_schema() { "$PYTHON" "$HERE/python/nova_schema.py" --config-file "$RUN/etc/nova.conf" --config-file "$RUN/etc/nova-db.conf"; }

start_rabbitmq
# The golden copy (empty schemas, catalogue, users) holds good for what made it: the seeds, the ports and the packages.
recipe=$(cat "$HERE/up.sh" "$HERE"/python/{keystone_keys,nova_schema,seed_keystone,cloud}.py <(echo "$ALL_PORTS $RUN") \
  <(dpkg-query -W -f '${Package} ${Version}\n' python3-nova python3-keystone python3-placement python3-glance python3-masakari python3-cinder python3-octavia mariadb-server-core) |
  sha256sum | cut -c1-16)
golden=$STATE/golden-$recipe.tar
if [[ -e $golden ]]; then
  tar -C "$RUN" -xf "$golden"
  start_mariadb
  start_keystone
else
  rm -f "$STATE"/golden-*.tar
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$RUN/mysql" --auth-root-authentication-method=normal \
    --skip-test-db >"$RUN/log/mariadb-install.out" 2>&1
  start_mariadb
  say "MariaDB up"
  for schema in keystone placement glance masakari cinder octavia nova_api nova_cell0 nova_cell1; do
    echo "create database $schema character set utf8mb3;"
  done | sql
  keystone_schema >"$RUN/log/keystone-schema.out" 2>&1 & keystone_job=$!
  other_schemas >"$RUN/log/other-schemas.out" 2>&1 & others_job=$!
  nova_schema >"$RUN/log/nova-schema.out" 2>&1 & nova_job=$!
  octavia_schema >"$RUN/log/octavia-schema.out" 2>&1 & octavia_job=$!
  wait "$keystone_job"
  start_keystone
  "$PYTHON" "$HERE/python/seed_keystone.py"
  wait "$others_job"
  wait "$nova_job"
  wait "$octavia_job"
  say "schemas and users made"
  # Nothing may write while it is copied.
  end TERM keystone
  end TERM mariadb
  tar -C "$RUN" -cf "$golden.part" mysql keystone
  mv "$golden.part" "$golden"
  start_mariadb
  start_keystone
fi
start_others

env "$MARK" "$PYTHON" "$HERE/python/cinder_services.py" "$RUN" "cinder-api=api:--config-file,$RUN/etc/cinder.conf" \
  "cinder-volume-compute1=volume:--config-file,$RUN/etc/cinder.conf,--config-file,$RUN/etc/cinder-compute1.conf" \
  "cinder-volume-compute2=volume:--config-file,$RUN/etc/cinder.conf,--config-file,$RUN/etc/cinder-compute2.conf" \
  </dev/null >"$RUN/log/cinder-services.out" 2>&1 & cinder_job=$!
env "$MARK" "$PYTHON" "$HERE/python/octavia_services.py" "$RUN" "$RUN/etc/octavia.conf" \
  </dev/null >"$RUN/log/octavia-services.out" 2>&1 & octavia_job=$!

with_database=--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/nova-db.conf
services=("nova-conductor=conductor:$with_database" "nova-scheduler=scheduler:$with_database" "nova-api=api:$with_database")
for (( i = 1; i <= MINI_NOVA_COMPUTES; i++ )); do
  services+=("compute$i=compute:--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/compute$i.conf")
done
env "$MARK" "$PYTHON" "$HERE/python/nova_services.py" "$RUN" "${services[@]}" </dev/null >"$RUN/log/nova-services.out" 2>&1
say "Nova's services started"
wait "$cinder_job"
wait "$octavia_job"
for port in $GLANCE_PORT $NEUTRON_PORT $PLACEMENT_PORT $NOVA_PORT $MASAKARI_PORT $CINDER_PORT $OCTAVIA_PORT $ALERTMANAGER_PORT; do
  await 600 listening "$port" || die "port $port does not open"
done
"$PYTHON" "$HERE/python/seed_nova.py" "$MINI_NOVA_COMPUTES"
"$PYTHON" "$HERE/python/seed_masakari.py" "$MINI_NOVA_COMPUTES"
"$PYTHON" "$HERE/python/seed_octavia.py"
say "ready: $MINI_NOVA_COMPUTES hosts, identity at http://127.0.0.1:$KEYSTONE_PORT/v3"
