"""guests.py boot|list HOST: see guests.sh."""
import sys
import time

from cloud import NOVA, admin_token, call

IMAGE = '11111111-1111-4111-8111-111111111111'
# name, flavor, and the action that brings it into its state from ACTIVE
GUESTS = (('web1', '1', None), ('web2', '1', None), ('db1', '2', None),
          ('batch1', '1', 'os-stop'), ('batch2', '1', 'os-stop'), ('cache1', '2', 'pause'))

token = admin_token()


def settled(server_id):
    """The server once nothing is under way."""
    end = time.time() + 90
    while True:
        server = call('GET', '%s/servers/%s' % (NOVA, server_id), token)['server']
        if server['status'] == 'ERROR':
            sys.exit('%s: %s' % (server['name'], server.get('fault', {}).get('message')))
        if server['status'] != 'BUILD' and server['OS-EXT-STS:task_state'] is None:
            return server
        if time.time() > end:
            sys.exit('%s is still %s' % (server['name'], server['status']))
        time.sleep(.3)


def boot(host):
    ids = [call('POST', NOVA + '/servers', token, {'server': {
        'name': name, 'flavorRef': flavor, 'imageRef': IMAGE, 'networks': 'none', 'host': host}})['server']['id']
        for name, flavor, _ in GUESTS]
    for server_id, (_, _, action) in zip(ids, GUESTS):
        settled(server_id)
        if action:
            call('POST', '%s/servers/%s/action' % (NOVA, server_id), token, {action: None})
    for server_id in ids:
        settled(server_id)


def show(host):
    url = '%s/servers/detail?all_tenants=1&host=%s' % (NOVA, host)
    while url:   # pages of ten
        page = call('GET', url, token)
        for server in page['servers']:
            print(server['name'], server['status'])
        url = next((link['href'] for link in page.get('servers_links', []) if link['rel'] == 'next'), None)


if sys.argv[1] == 'boot':
    boot(sys.argv[2])
show(sys.argv[2])
