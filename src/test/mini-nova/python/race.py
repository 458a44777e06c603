"""race.py clear | boot ROW | floor|product ROW FOLDER | line ROW FOLDER |
medians FOLDER: see race.sh.

What happens is read from Nova's database ten times a second: its API shows whole seconds, and asking it as often would
slow down what is measured.
"""
import concurrent.futures
import json
import os
import shlex
import statistics
import subprocess
import sys
import time

import nova_database
from cloud import NOVA, admin_token, call

IMAGE = '11111111-1111-4111-8111-111111111111'
HOST = 'compute1'
PREFIX = 'race-'
# servers, kind, limit, what a plain client asks for, what the server's vm_state is then
ROWS = {
    'live1': (12, 'live', '1', {'os-migrateLive': {'host': None, 'block_migration': 'auto'}}, 'active'),
    'live4': (24, 'live', '4', {'os-migrateLive': {'host': None, 'block_migration': 'auto'}}, 'active'),
    'cold': (20, 'cold', 'nova', {'migrate': None}, 'resized'),
    'off': (20, 'off', 'nova', {'migrate': None}, 'resized'),
    'rebuild': (20, 'rebuild', 'nova', {'evacuate': {}}, 'active'),
}
LOOK = .1
BOUND = 900
DOWN_TASKS = {'resize_migrating', 'resize_migrated', 'resize_finish'}


class Database(nova_database.Database):

    def servers(self):
        """name -> (host, vm_state, task_state); a state that is none is NULL."""
        return {name: (host, vm, task) for name, host, vm, task in self.rows(
            "select display_name, host, vm_state, task_state from instances where deleted = 0"
            " and display_name like '%s%%'" % PREFIX)}

    def queued(self):
        return int(self.rows("select count(*) from migrations where status = 'queued' and source_compute = '%s'" % HOST)[0][0])

    def heard(self):
        """When the host's service reported last."""
        return self.rows("select last_seen_up from services where deleted = 0 and topic = 'compute' and host = '%s'" % HOST)[0][0]


def count(row):
    return int(os.environ.get('RACE_SERVERS') or ROWS[row][0])


def patiently(what, attempt, seconds=180):
    end = time.time() + seconds
    while not attempt():
        if time.time() > end:
            sys.exit('race: not within %d s: %s' % (seconds, what))
        time.sleep(.3)


def ids(token):
    found, url = {}, NOVA + '/servers/detail?all_tenants=1&name=' + PREFIX
    while url:
        page = call('GET', url, token)
        found.update((server['name'], server['id']) for server in page['servers'])
        url = next((link['href'] for link in page.get('servers_links', []) if link['rel'] == 'next'), None)
    return found


def service(token):
    return call('GET', NOVA + '/os-services?binary=nova-compute&host=' + HOST, token)['services'][0]


def clear(token, database):
    """No servers of a race; the host up as far as Nova lets it be said, and enabled."""
    for server in ids(token).values():
        call('DELETE', '%s/servers/%s' % (NOVA, server), token, expect=(204, 404))
    patiently('servers deleted', lambda: not database.servers())
    url = '%s/os-services/%s' % (NOVA, service(token)['id'])
    # in this order: of a host that reads up Nova asks its nova-compute, and waits a minute for one that was killed
    call('PUT', url, token, {'status': 'enabled'})
    call('PUT', url, token, {'forced_down': False})


def boot(token, database, row):
    # the service that was started a moment ago, not the one before: that reads up for a while, too, and then down
    before = database.heard()
    patiently('%s reports' % HOST, lambda: database.heard() != before)
    metadata = {'maintenance': 'cold'} if ROWS[row][1] == 'cold' else {}

    def one(i):
        call('POST', NOVA + '/servers', token, {'server': {
            'name': '%s%02d' % (PREFIX, i), 'flavorRef': '1', 'imageRef': IMAGE, 'networks': 'none', 'host': HOST,
            'metadata': metadata}})
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        list(threads.map(one, range(count(row))))
    settled(database, row, 'active')
    if ROWS[row][1] == 'off':
        for server in ids(token).values():
            call('POST', '%s/servers/%s/action' % (NOVA, server), token, {'os-stop': None})
        settled(database, row, 'stopped')


def settled(database, row, vm):
    patiently('servers %s' % vm, lambda: list(database.servers().values()) == [(HOST, vm, 'NULL')] * count(row))


def floor(token, row, servers):
    """Everything at once."""
    if ROWS[row][1] == 'rebuild':
        call('PUT', '%s/os-services/%s' % (NOVA, service(token)['id']), token, {'forced_down': True})
    threads = concurrent.futures.ThreadPoolExecutor(8)
    return [threads.submit(call, 'POST', '%s/servers/%s/action' % (NOVA, server), token, ROWS[row][3]) for server in servers]


def product(row, folder):
    dead = ', deadHost: deadHost(fenced: true, sharedStorage: true)' if ROWS[row][1] == 'rebuild' else ''
    jenkinsfile = os.path.join(folder, 'Jenkinsfile')
    with open(jenkinsfile, 'w') as file:
        file.write("node {\n    nodeEvacuate host: '%s'%s\n}\n" % (HOST, dead))
    login = {
        'OS_AUTH_URL': 'http://127.0.0.1:%s/v3' % os.environ['KEYSTONE_PORT'], 'OS_IDENTITY_API_VERSION': '3',
        'OS_REGION_NAME': 'RegionOne', 'OS_USERNAME': 'admin', 'OS_PASSWORD': 'secret', 'OS_PROJECT_NAME': 'admin',
        'OS_USER_DOMAIN_NAME': 'Default', 'OS_PROJECT_DOMAIN_NAME': 'Default'}
    with open(os.path.join(folder, row + '.console'), 'w') as console:
        return subprocess.Popen(
            shlex.split(os.environ['RACE_PRODUCT']) + [jenkinsfile, '-Dcloud=env', '-Dworkspace=' + folder],
            env={**os.environ, **login}, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)


def race(token, database, who, row, folder):
    begun = time.time()
    known = ids(token)
    requests = floor(token, row, known.values()) if who == 'floor' else None
    process = product(row, folder) if who == 'product' else None
    asks = process.pid if process else os.getpid()
    first, queued, down, arrived, cpu = None, 0, {}, {}, 0
    if ROWS[row][1] == 'rebuild':
        down = dict.fromkeys(known, begun)
    while len(arrived) < len(known):
        now = time.time()
        for name, (host, vm, task) in database.servers().items():
            if first is None and task != 'NULL':
                first, cpu = now, processor_seconds(asks)
            if task in DOWN_TASKS and ROWS[row][1] == 'cold':
                down.setdefault(name, now)
            if host != HOST and task == 'NULL' and vm == ROWS[row][4]:
                arrived.setdefault(name, now)
            elif name in arrived or vm == 'error':
                fail(row, folder, '%s is %s/%s on %s' % (name, vm, task, host))
        queued = max(queued, database.queued())
        if now - begun > BOUND or (process and process.poll() is not None and now - begun > 5 and first is None):
            fail(row, folder, '%d of %d have arrived' % (len(arrived), len(known)))
        time.sleep(max(0, LOOK - (time.time() - now)))
    cpu = processor_seconds(asks) - cpu
    for request in requests or []:
        request.result()
    status = process.wait() if process else 0
    if status:
        fail(row, folder, 'the product ended with %d' % status)
    json.dump({
        'makespan': max(arrived.values()) - first,
        'total': time.time() - begun,
        'downtime': sum(arrived[name] - since for name, since in down.items()),
        'cpu': cpu,
        'queued': queued}, sys.stdout)


def processor_seconds(pid):
    """What a process has taken of the processors so far (proc(5): utime and stime); who asks shares them with Nova here."""
    with open('/proc/%d/stat' % pid) as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def fail(row, folder, why):
    console = os.path.join(folder, row + '.console')
    if os.path.exists(console):
        with open(console) as file:
            sys.stderr.write(file.read())
    sys.exit('race: %s: %s' % (row, why))


def line(row, folder):
    figures = {}
    for who in ('floor', 'product'):
        with open(os.path.join(folder, '%s.%s' % (row, who))) as file:
            figures[who] = json.load(file)
    floor_, ours = figures['floor'], figures['product']
    print('makespan kind=%s limit=%s servers=%d floor=%.1f ours=%.1f ratio=%.2f total=%.1f downtime=%.1f downtimeOfFloor=%.1f'
          ' queuedMax=%d queuedMaxOfFloor=%d cpu=%.1f cpuOfFloor=%.1f' % (
              ROWS[row][1], ROWS[row][2], count(row), floor_['makespan'], ours['makespan'],
              ours['makespan'] / floor_['makespan'], ours['total'], ours['downtime'], floor_['downtime'], ours['queued'],
              floor_['queued'], ours['cpu'], floor_['cpu']), flush=True)
    with open(os.path.join(folder, row + '.times'), 'a') as file:
        file.write(json.dumps({'floor': floor_['makespan'], 'ours': ours['makespan']}) + '\n')


def medians(folder):
    """A line for each row that was raced more than once."""
    for row in ROWS:
        name = os.path.join(folder, row + '.times')
        times = [json.loads(line) for line in open(name)] if os.path.exists(name) else []
        if len(times) > 1:
            floor_, ours = (statistics.median(one[who] for one in times) for who in ('floor', 'ours'))
            print('makespanMedian kind=%s limit=%s servers=%d races=%d floor=%.1f ours=%.1f ratio=%.2f' % (
                ROWS[row][1], ROWS[row][2], count(row), len(times), floor_, ours, ours / floor_), flush=True)


what = sys.argv[1]
if what == 'line':
    line(*sys.argv[2:])
elif what == 'medians':
    medians(*sys.argv[2:])
else:
    database = Database()
    if what == 'clear':
        clear(admin_token(), database)
    elif what == 'boot':
        boot(admin_token(), database, sys.argv[2])
    else:
        race(admin_token(), database, what, *sys.argv[2:])
    database.close()
