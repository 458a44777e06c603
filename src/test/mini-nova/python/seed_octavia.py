"""seed_octavia.py: the image of the servers has the tag by which Octavia finds that of its amphorae. After seed_nova.py."""
from cloud import GLANCE, OCTAVIA, admin_token, call

token = admin_token()
call('PUT', GLANCE + '/v2/images/11111111-1111-4111-8111-111111111111/tags/amphora', token)

# A flavor whose load balancers have two amphorae.
profile = call('POST', OCTAVIA + '/v2.0/lbaas/flavorprofiles', token, {'flavorprofile': {
    'name': 'pair', 'provider_name': 'amphora', 'flavor_data': '{"loadbalancer_topology": "ACTIVE_STANDBY"}'}})['flavorprofile']['id']
call('POST', OCTAVIA + '/v2.0/lbaas/flavors', token, {'flavor': {'name': 'pair', 'flavor_profile_id': profile, 'enabled': True}})
