"""seed_nova.py COMPUTES: one image, three flavors, and the wait until so many hypervisors are up."""
import sys
import time

from cloud import GLANCE, NOVA, admin_token, call

wanted = int(sys.argv[1])
token = admin_token()
IMAGE = '11111111-1111-4111-8111-111111111111'
call('POST', GLANCE + '/v2/images', token, {
    'id': IMAGE, 'name': 'tiny', 'disk_format': 'raw', 'container_format': 'bare', 'visibility': 'public'})
call('PUT', GLANCE + '/v2/images/%s/file' % IMAGE, token, raw=b'\0' * 1024)
# A disk of 1 GB at least: a flavor without disk is for servers that boot from a volume, and there is no Cinder.
for flavor, name, ram in (('1', 'm1.nano', 64), ('2', 'm1.micro', 128), ('3', 'm1.large', 8192)):
    call('POST', NOVA + '/flavors', token, {'flavor': {'id': flavor, 'name': name, 'ram': ram, 'vcpus': 1, 'disk': 1}})

end = time.time() + 90
while True:
    up = [h for h in call('GET', NOVA + '/os-hypervisors', token)['hypervisors'] if h['state'] == 'up']
    if len(up) >= wanted:
        break
    if time.time() > end:
        sys.exit('only %d of %d hypervisors came up' % (len(up), wanted))
    time.sleep(.1)
