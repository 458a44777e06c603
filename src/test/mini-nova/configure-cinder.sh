# Sourced by configure.sh: the configuration of Cinder's API and of a cinder-volume on compute1 and one on compute2.

# service_type: as in nova.conf. rpc_response_timeout: so long a freeze waits for a cinder-volume that does not run (60 s by default).
cat >"$RUN/etc/cinder.conf" <<CONF
[DEFAULT]
my_ip = 127.0.0.1
transport_url = rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/
state_path = $RUN/state/cinder
use_stderr = false
auth_strategy = keystone
api_paste_config = $PASTE/cinder-api-paste.ini
osapi_volume_listen = 127.0.0.1
osapi_volume_listen_port = $CINDER_PORT
osapi_volume_workers = 1
report_interval = 2
service_down_time = 7
rpc_response_timeout = 5
periodic_fuzzy_delay = 0
[coordination]
backend_url = file://$RUN/state/cinder
[database]
connection = $(database cinder)
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = block-storage
$service_login
[oslo_concurrency]
lock_path = $RUN/state/cinder/lock
[oslo_messaging_rabbit]
heartbeat_timeout_threshold = 60
CONF
mkdir -p "$RUN/state/cinder/lock"

# cinder_volume HOST BACKEND...: as where several backends are named in cinder.conf; each is a service HOST@BACKEND.
cinder_volume() {
  local host=$1 backend
  shift
  {
    printf '[DEFAULT]\nhost = %s\nenabled_backends = %s\n' "$host" "$(IFS=,; echo "$*")"
    for backend in "$@"; do
      printf '[%s]\nvolume_driver = empty_volume_driver.EmptyVolumeDriver\nvolume_backend_name = %s\n' "$backend" "$backend"
    done
  } >"$RUN/etc/cinder-$host.conf"
}
cinder_volume compute1 lvm nfs
cinder_volume compute2 lvm
