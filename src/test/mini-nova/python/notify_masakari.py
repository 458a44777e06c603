"""notify_masakari.py HOST: notifies that a host has failed, as masakari-hostmonitor would."""
import sys
from datetime import datetime, timezone

from cloud import MASAKARI, admin_token, call

call('POST', MASAKARI + '/v1/notifications', admin_token(), {'notification': {
    'type': 'COMPUTE_HOST', 'hostname': sys.argv[1],
    'generated_time': datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S'),
    'payload': {'event': 'STOPPED', 'host_status': 'NORMAL', 'cluster_status': 'OFFLINE'}}})
