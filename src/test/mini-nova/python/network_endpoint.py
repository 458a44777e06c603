"""network_endpoint.py PORT: the catalogue's network service is at this port from now on."""
import sys

from cloud import KEYSTONE, admin_token, call

token = admin_token()
service = call('GET', KEYSTONE + '/services?type=network', token)['services'][0]['id']
for endpoint in call('GET', KEYSTONE + '/endpoints?service_id=' + service, token)['endpoints']:
    call('PATCH', '%s/endpoints/%s' % (KEYSTONE, endpoint['id']), token,
         {'endpoint': {'url': 'http://127.0.0.1:' + sys.argv[1]}})
