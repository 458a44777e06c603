"""nova_services.py RUN NAME=KIND:ARG,ARG...: starts Nova's services and returns when they run.

Nova is imported once; then one process is forked for each service, which saves about 3 s of CPU a service. Each child
is a session of its own; its number goes to RUN/pid/NAME, its output to RUN/log/NAME.out.
"""
import os
import socket
import sys
import time

import nova.monkey_patch  # noqa: F401  first, as in nova.cmd
import nova.cmd.api
import nova.cmd.compute
import nova.cmd.conductor
import nova.cmd.scheduler
import nova.conf

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


def patiently(what, attempt, seconds=60):
    """Until attempt() is true; OSError counts as not yet."""
    end = time.time() + seconds
    while True:
        try:
            if attempt():
                return
        except OSError:
            pass
        if time.time() > end:
            sys.exit(what + ' is not ready after %d s' % seconds)
        time.sleep(.1)


def listens(port):
    socket.create_connection(('127.0.0.1', int(port)), 1).close()
    return True


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


def become(name, kind, arguments):
    """Never returns: this process is now the service."""
    os.setsid()
    with open('%s/pid/%s' % (RUN, name), 'w') as pid:
        pid.write('%d\n' % os.getpid())
    output = os.open('%s/log/%s.out' % (RUN, name), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    import eventlet.hubs
    eventlet.hubs.use_hub()   # an epoll of its own, not the parent's
    sys.argv = ['nova-' + kind] + arguments + ['--log-file', '%s/log/%s.log' % (RUN, name)]
    sys.exit(sys.modules['nova.cmd.' + kind].main())


# The bus and Keystone first: a service that does not find them backs off for seconds.
patiently('RabbitMQ', lambda: listens(os.environ['RABBIT_PORT']))
patiently('Keystone', lambda: listens(os.environ['KEYSTONE_PORT']))
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
        become(name, kind, arguments.split(','))
os._exit(0)   # not sys.exit: threads of the imported libraries would hold it
