"""seed_masakari.py COMPUTES: the failover segment rack1 with the hosts compute1 to computeN.

Masakari takes a host only when Nova has a compute service of that name (masakari/ha/api.py, create_host): after seed_nova.py.
"""
import sys

from cloud import MASAKARI, admin_token, call

token = admin_token()
segment = call('POST', MASAKARI + '/v1/segments', token, {'segment': {
    'name': 'rack1', 'recovery_method': 'auto', 'service_type': 'COMPUTE'}})['segment']['uuid']
for number in range(1, int(sys.argv[1]) + 1):
    call('POST', '%s/v1/segments/%s/hosts' % (MASAKARI, segment), token, {'host': {
        'name': 'compute%d' % number, 'type': 'COMPUTE', 'control_attributes': 'SSH'}})
