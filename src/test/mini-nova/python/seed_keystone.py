"""The catalogue, and the users that the contract tests need besides admin. Every password is `secret`.

demo     member of project demo: the ordinary owner of servers
watcher  reader of project demo
tenant   member of project other: owns servers that demo may not see
boss     admin in project demo: can boot servers for demo on a host of its choice
"""
from cloud import CINDER, GLANCE, KEYSTONE, MASAKARI, NEUTRON, NOVA, OCTAVIA, PLACEMENT, admin_token, call

token = admin_token()


def create(collection, kind, **fields):
    return call('POST', '%s/%s' % (KEYSTONE, collection), token, {kind: fields})[kind]['id']


for kind, name, url in (('compute', 'nova', NOVA), ('placement', 'placement', PLACEMENT),
                        ('image', 'glance', GLANCE), ('network', 'neutron', NEUTRON)):
    service = create('services', 'service', type=kind, name=name)
    for interface in ('public', 'internal', 'admin'):
        create('endpoints', 'endpoint', interface=interface, service_id=service, url=url, region_id='RegionOne')

# Masakari's URL has three forms in the field: each interface has another, the public one that of Masakari's DevStack plugin.
service = create('services', 'service', type='instance-ha', name='masakari')
for interface, url in (('public', MASAKARI + '/v1/$(project_id)s'), ('internal', MASAKARI + '/v1'), ('admin', MASAKARI)):
    create('endpoints', 'endpoint', interface=interface, service_id=service, url=url, region_id='RegionOne')

# So has Cinder's: with the project as in DevStack, with none as in newer clouds, and no version at all. The older type is in most catalogues.
for kind in ('block-storage', 'volumev3'):
    service = create('services', 'service', type=kind, name='cinder')
    for interface, url in (('public', CINDER + '/v3/$(project_id)s'), ('internal', CINDER + '/v3'), ('admin', CINDER)):
        create('endpoints', 'endpoint', interface=interface, service_id=service, url=url, region_id='RegionOne')

service = create('services', 'service', type='load-balancer', name='octavia')
for interface, url in (('public', OCTAVIA), ('internal', OCTAVIA + '/v2.0'), ('admin', OCTAVIA + '/v2/')):
    create('endpoints', 'endpoint', interface=interface, service_id=service, url=url, region_id='RegionOne')

roles = {role['name']: role['id'] for role in call('GET', KEYSTONE + '/roles', token)['roles']}
projects = {name: create('projects', 'project', name=name, domain_id='default') for name in ('demo', 'other')}
for user, project, role in (('demo', 'demo', 'member'), ('watcher', 'demo', 'reader'), ('tenant', 'other', 'member'),
                            ('boss', 'demo', 'admin')):
    user_id = create('users', 'user', name=user, password='secret', domain_id='default')
    call('PUT', '%s/projects/%s/users/%s/roles/%s' % (KEYSTONE, projects[project], user_id, roles[role]), token)
