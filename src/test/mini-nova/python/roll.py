"""roll.py boot HOSTS | clear | judge HOSTS FOLDER: see roll.sh.

What Nova did is read from its database: the records of the migrations, and each change of a host's compute service, which a trigger
notes in the order in which Nova made them.
"""
import json
import os
import sys
import time

import nova_database
from cloud import NOVA, admin_token, call

IMAGE = '11111111-1111-4111-8111-111111111111'
PREFIX = 'roll-'
SERVERS = 60
MOST_AWAY = 2
MOVED = ('completed', 'confirmed')
BOUND = 300
SERVICE_DOWN_TIME = 30   # configure.sh


def servers(database):
    """id -> (name, host, vm_state, task_state); a state that is none is NULL."""
    return {row[0]: tuple(row[1:]) for row in database.rows(
        "select uuid, display_name, host, vm_state, task_state from instances where deleted = 0"
        " and display_name like '%s%%'" % PREFIX)}


def computes(database):
    return database.rows(
        "select uuid, host, disabled from services where deleted = 0 and topic = 'compute' and host like 'compute%' order by host")


def patiently(what, attempt):
    end = time.time() + BOUND
    while not attempt():
        if time.time() > end:
            sys.exit('roll: not within %d s: %s' % (BOUND, what))
        time.sleep(.3)


def clear(token, database):
    """No servers of a roll, no notes, all hosts enabled."""
    database.rows('drop trigger if exists roll_away; drop table if exists roll_away')
    for service, _, disabled in computes(database):
        if disabled != '0':
            call('PUT', '%s/os-services/%s' % (NOVA, service), token, {'status': 'enabled'})
    for server in servers(database):
        call('DELETE', '%s/servers/%s' % (NOVA, server), token, expect=(204, 404))
    patiently('servers deleted', lambda: not servers(database))


def boot(token, database, loaded):
    """The servers, as many on each host; then the database takes notes."""
    each = SERVERS // len(loaded)
    for host in loaded:
        call('POST', NOVA + '/servers', token, {'server': {
            'name': PREFIX + host, 'flavorRef': '1', 'imageRef': IMAGE, 'networks': 'none', 'host': host,
            'min_count': each, 'max_count': each}})

    def booted():
        there = list(servers(database).values())
        broken = [server for server in there if server[2] == 'error']
        if broken:
            sys.exit('roll: %s did not boot' % broken)
        return len(there) == SERVERS and all(server[2:] == ('active', 'NULL') for server in there)
    patiently('%d servers active' % SERVERS, booted)
    database.rows(
        'create table roll_away (n int auto_increment primary key, host varchar(255), disabled int, silent int)')
    database.rows(
        'create trigger roll_away after update on services for each row'
        ' insert into roll_away (host, disabled, silent)'
        ' select new.host, new.disabled <> 0, timestampdiff(second, new.last_seen_up, utc_timestamp())'
        ' from dual where not (old.disabled <=> new.disabled)')


def read(folder, name):
    with open(os.path.join(folder, name)) as file:
        return file.read()


def judge(database, loaded, folder):
    plan = json.loads(read(folder, 'workspace/roll.json'))
    console = read(folder, 'console')
    restarts = sorted(read(folder, 'restarts').split())
    hosts = [host for _, host, _ in computes(database)]
    planned, moved, failed = {}, {}, 0
    for seat in plan['seats']:
        planned[seat['id']] = planned.get(seat['id'], 0) + 1
    there = servers(database)
    path = {}
    for server, source, target, status in database.rows(
            "select instance_uuid, source_compute, dest_compute, status from migrations where deleted = 0 order by id"):
        if server not in there:
            continue
        if status not in MOVED:
            failed += 1
            continue
        moved[server] = moved.get(server, 0) + 1
        if path.get(server, source) != source:
            sys.exit('roll: %s left %s, and was on %s' % (there[server][0], source, path[server]))
        path[server] = target
    away, most, over, unfit = set(), 0, 0, 0
    for host, disabled, silent in database.rows('select host, disabled, silent from roll_away order by n'):
        if disabled == '1':
            away.add(host)
            most = max(most, len(away))
            over += len(away) > MOST_AWAY
        else:
            away.discard(host)
            unfit += silent == 'NULL' or int(silent) > SERVICE_DOWN_TIME
    lost = SERVERS - sum(1 for server, (_, host, vm, task) in there.items()
                         if vm == 'active' and task == 'NULL' and host == path.get(server, host))
    once = sum(1 for server, times in planned.items() if times == 1 and moved.get(server, 0) == 1)
    planned_once = sum(1 for times in planned.values() if times == 1)
    more = sum(1 for server, times in moved.items() if times > planned.get(server, 0))
    kills = console.count('The controller is killed (')
    closed = sum(1 for _, _, disabled in computes(database) if disabled != '0')
    wrong = []
    for what, bad in (
            ('a server is lost', lost), ('more hosts were away than may be', over), ('a host was opened that was silent', unfit),
            ('a host is closed', closed), ('a server moved more often than the plan said', more),
            ('a server that was to move once did not', planned_once - once), ('hosts were not each restarted once: %s' % restarts, restarts != hosts),
            ('the controller was not killed five times', kills != 5)):
        if bad:
            wrong.append(what)
    print('roll hosts=%d servers=%d moves=%d bound=%d once=%d overbudget=%d lost=%d kills=%d'
          ' planned=%d plannedOnce=%d more=%d failed=%d mostAway=%d openedUnfit=%d restarts=%d' % (
              len(hosts), SERVERS, sum(moved.values()), plan['bound'], once, over, lost, kills, plan['moves'], planned_once, more, failed,
              most, unfit, len(restarts)), flush=True)
    if wrong:
        sys.exit('roll: ' + '; '.join(wrong))


what = sys.argv[1]
database = nova_database.Database()
loaded = ['compute%d' % (i + 1) for i in range(int(sys.argv[2]))] if len(sys.argv) > 2 else []
if what == 'boot':
    boot(admin_token(), database, loaded)
elif what == 'clear':
    clear(admin_token(), database)
else:
    judge(database, loaded, sys.argv[3])
database.close()
