"""nova_services.py RUN NAME=KIND:ARG,ARG...: starts Nova's services and returns when they run.

Nova is imported once; then one process is forked for each service (forked.py), which saves about 3 s of CPU a service.
"""
import os
import sys

import nova.monkey_patch  # noqa: F401  first, as in nova.cmd
import nova.cmd.api
import nova.cmd.compute
import nova.cmd.conductor
import nova.cmd.scheduler
import nova.conf

from forked import become, bus_and_keystone, patiently

RUN = sys.argv[1]

# The managers read the spacing of their periodic tasks from CONF when they are imported: read the file before, and
# forget it after, because each service parses its own command line.
nova.conf.CONF(['--config-file', RUN + '/etc/nova.conf'], project='nova')
import nova.compute.manager
import nova.conductor.manager
import nova.scheduler.manager
import nova.virt
nova.virt.__path__.append(os.path.join(os.environ['MINI_NOVA_PYTHON_DIR'], 'virt'))
import keystonemiddleware.auth_token
import nova.api.auth
import nova.api.openstack.compute.routes
import nova.virt.fake
import oslo_messaging._drivers.impl_rabbit
import pymysql
nova.conf.CONF.clear()


def conductor_listens():
    import amqp
    try:
        connection = amqp.Connection('127.0.0.1:' + os.environ['RABBIT_PORT'], userid='guest', password='guest')
        connection.connect()
        try:
            return connection.channel().queue_declare('conductor', passive=True).consumer_count > 0
        finally:
            connection.close()
    except amqp.exceptions.AMQPError:
        return False


bus_and_keystone()
conductor_was_seen = False
for spec in sys.argv[2:]:
    name, _, command = spec.partition('=')
    kind, _, arguments = command.partition(':')
    if kind == 'compute' and not conductor_was_seen:   # a compute that asks before that waits 10 s for its next try
        # In a child: a connection and its hub must not be inherited by the services.
        if os.fork() == 0:
            patiently('the conductor', conductor_listens)
            os._exit(0)
        if os.wait()[1] != 0:
            sys.exit('the conductor does not listen')
        conductor_was_seen = True
    if os.fork() == 0:
        become(RUN, name, 'nova-' + kind, arguments.split(','), sys.modules['nova.cmd.' + kind].main)
os._exit(0)   # not sys.exit: threads of the imported libraries would hold it
