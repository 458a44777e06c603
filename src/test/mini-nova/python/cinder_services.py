"""cinder_services.py RUN NAME=KIND:ARG,ARG...: starts Cinder's services (api or volume) and returns when they run.

Cinder is imported once, then one process is forked for each service (forked.py).
"""
import os
import sys

import cinder.cmd.api   # first: it patches the standard library for eventlet
import cinder.cmd.volume
import cinder.objects

cinder.objects.register_all()
# What the services would import by the names in their configuration.
import cinder.api.v3.router   # noqa: F401
import cinder.volume.manager   # noqa: F401
import keystonemiddleware.auth_token   # noqa: F401
import oslo_messaging._drivers.impl_rabbit   # noqa: F401
import pymysql   # noqa: F401

import empty_volume_driver   # noqa: F401
from forked import become, bus_and_keystone

bus_and_keystone()
for spec in sys.argv[2:]:
    name, _, command = spec.partition('=')
    kind, _, arguments = command.partition(':')
    if os.fork() == 0:
        become(sys.argv[1], name, 'cinder-' + kind, arguments.split(','), sys.modules['cinder.cmd.' + kind].main)
os._exit(0)   # not sys.exit: threads of the imported libraries would hold it
