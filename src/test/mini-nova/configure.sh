# Sourced by up.sh: writes the services' configuration files to $RUN/etc.
mkdir -p "$RUN"/{etc,log,pid,rabbit,glance-images,glance-staging,glance-tasks} "$RUN/state"

database() { echo "mysql+pymysql://root@localhost/$1?unix_socket=$MYSQL_SOCKET&charset=utf8"; }

# How each service logs in to Keystone to ask the others.
service_login="auth_type = password
auth_url = http://127.0.0.1:$KEYSTONE_PORT/v3
username = admin
password = secret
project_name = admin
user_domain_name = Default
project_domain_name = Default
region_name = RegionOne"

cat >"$RUN/etc/keystone.conf" <<CONF
[DEFAULT]
log_file = $RUN/log/keystone.log
public_endpoint = http://127.0.0.1:$KEYSTONE_PORT
[database]
connection = $(database keystone)
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = $RUN/keystone/fernet
[fernet_receipts]
key_repository = $RUN/keystone/fernet
[credential]
key_repository = $RUN/keystone/credential
[identity]
# The least bcrypt allows: these passwords protect nothing, and CPU is scarce.
password_hash_rounds = 4
[cache]
enabled = true
backend = dogpile.cache.memory
CONF

cat >"$RUN/etc/placement.conf" <<CONF
[DEFAULT]
log_file = $RUN/log/placement.log
[api]
auth_strategy = keystone
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = placement
$service_login
[placement_database]
connection = $(database placement)
CONF

cat >"$RUN/etc/glance.conf" <<CONF
[DEFAULT]
log_file = $RUN/log/glance.log
bind_host = 127.0.0.1
bind_port = $GLANCE_PORT
workers = 0
enabled_backends = f:file
enabled_import_methods = [glance-direct]
[glance_store]
default_backend = f
[f]
filesystem_store_datadir = $RUN/glance-images
[os_glance_staging_store]
filesystem_store_datadir = $RUN/glance-staging
[os_glance_tasks_store]
filesystem_store_datadir = $RUN/glance-tasks
[database]
connection = $(database glance)
[paste_deploy]
config_file = $PASTE/glance-api-paste.ini
flavor = keystone
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
$service_login
CONF

# service_type: as in nova.conf below. The privileged user is the one by whom Masakari asks Nova whether a host exists.
cat >"$RUN/etc/masakari.conf" <<CONF
[DEFAULT]
log_file = $RUN/log/masakari.log
transport_url = rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/
state_path = $RUN/state
masakari_api_listen = 127.0.0.1
masakari_api_listen_port = $MASAKARI_PORT
masakari_api_workers = 1
auth_strategy = keystone
os_privileged_user_auth_url = http://127.0.0.1:$KEYSTONE_PORT/v3
os_privileged_user_name = admin
os_privileged_user_password = secret
os_privileged_user_tenant = admin
os_user_domain_name = Default
os_project_domain_name = Default
os_region_name = RegionOne
[wsgi]
api_paste_config = $PASTE/masakari-api-paste.ini
[database]
connection = $(database masakari)
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = instance-ha
$service_login
[oslo_concurrency]
lock_path = $RUN/state/lock
CONF

cat >"$RUN/etc/alertmanager.yml" <<CONF
route: {receiver: nobody}
receivers: [{name: nobody}]
CONF

# No [database] here: a compute that finds one refuses to start. The conductor, scheduler and API get nova-db.conf too.
# discover_hosts_in_cells_interval and no fuzzy delay: hosts are usable 2 s after they report, not after minutes.
# max_limit: lists come in pages of ten (1000 in Nova's default), so that clients that forget to turn the page are seen.
# service_type: without it keystonemiddleware refuses every token of an application credential with access rules.
cat >"$RUN/etc/nova.conf" <<CONF
[DEFAULT]
my_ip = 127.0.0.1
transport_url = rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/
state_path = $RUN/state
instances_path = $RUN/state/instances
use_stderr = false
enabled_apis = osapi_compute
osapi_compute_listen = 127.0.0.1
osapi_compute_listen_port = $NOVA_PORT
osapi_compute_workers = 1
report_interval = 5
service_down_time = 30
compute_driver = controlledfake.ControlledFakeDriver
max_concurrent_live_migrations = ${MINI_NOVA_LIVE_MIGRATIONS:-1}
vif_plugging_is_fatal = false
vif_plugging_timeout = 0
periodic_fuzzy_delay = 0
shutdown_timeout = 0
[quota]
driver = nova.quota.NoopQuotaDriver
[wsgi]
api_paste_config = $PASTE/nova-api-paste.ini
[api]
auth_strategy = keystone
max_limit = 10
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = compute
$service_login
[placement]
$service_login
[glance]
$service_login
[neutron]
endpoint_override = http://127.0.0.1:$NEUTRON_PORT
$service_login
[oslo_concurrency]
lock_path = $RUN/state/lock
[conductor]
workers = 1
[scheduler]
discover_hosts_in_cells_interval = 2
workers = 1
[vnc]
enabled = false
[compute]
live_migration_wait_for_vif_plug = false
[oslo_messaging_rabbit]
heartbeat_timeout_threshold = 60
CONF

cat >"$RUN/etc/nova-db.conf" <<CONF
[api_database]
connection = $(database nova_api)
[database]
connection = $(database nova_cell1)
CONF

for (( i = 1; i <= MINI_NOVA_COMPUTES; i++ )); do
  mkdir -p "$RUN/state/compute$i"
  cat >"$RUN/etc/compute$i.conf" <<CONF
[DEFAULT]
host = compute$i
state_path = $RUN/state/compute$i
instances_path = $RUN/state/compute$i/instances
[oslo_concurrency]
lock_path = $RUN/state/compute$i/lock
CONF
done

. "$HERE/configure-cinder.sh"
. "$HERE/configure-octavia.sh"
