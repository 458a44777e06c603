# Sourced by configure.sh: the configuration of Octavia's API and worker. The network, and what runs in an amphora, are Octavia's own
# pretences (noop); the amphorae are servers of the Nova here.

# service_type: as in nova.conf. pagination_max_limit: so short that every list of more than one has a second page.
cat >"$RUN/etc/octavia.conf" <<CONF
[DEFAULT]
host = octavia
transport_url = rabbit://guest:guest@127.0.0.1:$RABBIT_PORT/
[api_settings]
bind_host = 127.0.0.1
bind_port = $OCTAVIA_PORT
auth_strategy = keystone
enabled_provider_drivers = amphora:amphorae are servers
default_provider_driver = amphora
pagination_max_limit = 1
[database]
connection = $(database octavia)
[keystone_authtoken]
www_authenticate_uri = http://127.0.0.1:$KEYSTONE_PORT/v3
service_type = load-balancer
$service_login
[service_auth]
$service_login
[nova]
region_name = RegionOne
[glance]
region_name = RegionOne
[oslo_messaging]
topic = octavia_prov
[driver_agent]
status_socket_path = $RUN/state/octavia-status.sock
stats_socket_path = $RUN/state/octavia-stats.sock
get_socket_path = $RUN/state/octavia-get.sock
[controller_worker]
workers = 1
amphora_driver = amphora_noop_driver
compute_driver = compute_nova_driver
network_driver = network_noop_driver
image_driver = image_glance_driver
volume_driver = volume_noop_driver
amp_image_tag = amphora
amp_flavor_id = 1
client_ca = $RUN/state/octavia-ca.pem
amp_boot_network_list = 22222222-2222-4222-8222-222222222222
amp_active_wait_sec = 1
amphora_delete_retry_interval = 1
[certificates]
ca_certificate = $RUN/state/octavia-ca.pem
ca_private_key = $RUN/state/octavia-ca.key
[networking]
port_detach_timeout = 10
[oslo_concurrency]
lock_path = $RUN/state/lock
[oslo_messaging_rabbit]
heartbeat_timeout_threshold = 60
CONF
