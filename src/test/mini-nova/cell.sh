#!/bin/bash
# cell.sh add|stop|start|remove: a second cell with one host, compute99, whose database can be stopped and started again. Its
# database is one of the same MariaDB behind a socket's name of its own, with a user of its own: stopped, the name is gone and
# the user's connections are ended, so that who asks gets "Can't connect". Its conductor and its host talk over a virtual host
# of the same RabbitMQ. What is added lives until it is removed, or down.sh. Nova's API and scheduler are restarted.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 1 && $1 =~ ^(add|stop|start|remove)$ ]] || { echo "usage: cell.sh add|stop|start|remove" >&2; exit 2; }
[[ -e $RUN/pid/mariadb ]] || die "mini-nova is not up ($RUN)"
socket=$RUN/cell2.sock
database="mysql+pymysql://cell2@localhost/nova_cell2?unix_socket=$socket&charset=utf8"
bus=rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/cell2

with_database=--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/nova-db.conf
with_cell=--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/nova-db2.conf

sql() { mariadb --no-defaults -u root -S "$MYSQL_SOCKET" "$@"; }
rabbitmqctl() {   # an Erlang machine of its own: takes seconds
  env HOME="$RUN/rabbit" ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_CONF_ENV_FILE=/dev/null \
    /usr/lib/rabbitmq/bin/rabbitmqctl -q --node mini@localhost "$@"
}
cells() {         # what nova-manage cell_v2 does
  "$PYTHON" "$HERE/python/nova_cell.py" "$@" ${with_cell//,/ } >"$RUN/log/nova-cell2.out" 2>&1 ||
    { tail -5 "$RUN/log/nova-cell2.out" >&2; exit 1; }
}
# Nova reads the list of its cells once, when it starts
restart() {
  end TERM nova-api
  end TERM nova-scheduler
  services "$@" "nova-scheduler=scheduler:$with_database" "nova-api=api:$with_database"
  await 600 listening "$NOVA_PORT" || die "port $NOVA_PORT does not open"
}
services() { env "$MARK" "$PYTHON" "$HERE/python/nova_services.py" "$RUN" "$@" </dev/null; }

add() {
  [[ ! -e $RUN/etc/nova-db2.conf ]] || return 0
  ln -s mysql.sock "$socket"
  sql <<SQL
create database nova_cell2 character set utf8mb3;
create user cell2@localhost identified by '';
grant all on nova_cell2.* to cell2@localhost;
SQL
  rabbitmqctl add_vhost cell2
  rabbitmqctl set_permissions -p cell2 guest '.*' '.*' '.*'
  cat >"$RUN/etc/nova-db2.conf" <<CONF
[DEFAULT]
transport_url = $bus
[api_database]
connection = mysql+pymysql://root@localhost/nova_api?unix_socket=$MYSQL_SOCKET&charset=utf8
[database]
connection = $database
CONF
  mkdir -p "$RUN/state/compute99"
  cat >"$RUN/etc/compute99.conf" <<CONF
[DEFAULT]
host = compute99
transport_url = $bus
state_path = $RUN/state/compute99
instances_path = $RUN/state/compute99/instances
[oslo_concurrency]
lock_path = $RUN/state/compute99/lock
CONF
  cells add "$database" "$bus"
  restart "cell2-conductor=conductor:$with_cell"
  services "compute99=compute:--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/compute99.conf"
}

stop() {
  rm -f "$socket"
  local id
  for id in $(sql -N -e "select id from information_schema.processlist where user='cell2'"); do
    sql -e "kill $id" 2>/dev/null || true   # gone meanwhile
  done
}

start() { [[ -L $socket ]] || ln -s mysql.sock "$socket"; }

remove() {
  [[ -e $RUN/etc/nova-db2.conf ]] || return 0
  start
  end TERM compute99
  end TERM cell2-conductor
  cells remove compute99
  restart
  stop
  sql -e "drop database nova_cell2; drop user cell2@localhost"
  rabbitmqctl delete_vhost cell2
  rm -rf "$RUN"/etc/{nova-db2,compute99}.conf "$RUN"/state/compute99 "$RUN"/pid/{compute99,cell2-conductor}
}

"$1"
