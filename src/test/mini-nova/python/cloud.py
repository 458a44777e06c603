"""A few lines of OpenStack over urllib for the seeds."""
import json
import os
import time
import urllib.error
import urllib.request

KEYSTONE = 'http://127.0.0.1:%s/v3' % os.environ['KEYSTONE_PORT']
NOVA = 'http://127.0.0.1:%s/v2.1' % os.environ['NOVA_PORT']
GLANCE = 'http://127.0.0.1:%s' % os.environ['GLANCE_PORT']
PLACEMENT = 'http://127.0.0.1:%s' % os.environ['PLACEMENT_PORT']
NEUTRON = 'http://127.0.0.1:%s' % os.environ['NEUTRON_PORT']
MASAKARI = 'http://127.0.0.1:%s' % os.environ['MASAKARI_PORT']
CINDER = 'http://127.0.0.1:%s' % os.environ['CINDER_PORT']
OCTAVIA = 'http://127.0.0.1:%s' % os.environ['OCTAVIA_PORT']


def call(method, url, token, body=None, raw=None, expect=(200, 201, 202, 204)):
    """Returns the answer's JSON ({} when there is none); ends the program when the status is not an expected one."""
    headers = {'X-Auth-Token': token, 'OpenStack-API-Version': 'compute 2.90'}
    data = raw
    if raw is not None:
        headers['Content-Type'] = 'application/octet-stream'
    elif body is not None:
        headers['Content-Type'] = 'application/json'
        data = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as e:
        status, text = e.code, e.read()
    if status not in expect:
        raise SystemExit('%s %s: %s %s' % (method, url, status, text.decode(errors='replace')[:600]))
    return json.loads(text) if text else {}


def admin_token(seconds=60):
    """Logs in as admin; Keystone may still be starting."""
    login = {'auth': {
        'identity': {'methods': ['password'], 'password': {
            'user': {'name': 'admin', 'domain': {'id': 'default'}, 'password': 'secret'}}},
        'scope': {'project': {'name': 'admin', 'domain': {'id': 'default'}}}}}
    request = urllib.request.Request(KEYSTONE + '/auth/tokens', json.dumps(login).encode(), {'Content-Type': 'application/json'})
    end = time.time() + seconds
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.headers['X-Subject-Token']
        except OSError as e:   # HTTPError is one too
            if time.time() > end:
                raise SystemExit('Keystone does not let admin in: %s' % e)
            time.sleep(.1)
