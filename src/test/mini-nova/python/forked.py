"""Services that are forked from one process in which their code was imported once: each saves the CPU of another import.

Each child is a session of its own; its number goes to RUN/pid/NAME, its output to RUN/log/NAME.out.
"""
import os
import socket
import sys
import time


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


def bus_and_keystone():
    """The bus and Keystone first: a service that does not find them backs off for seconds."""
    patiently('RabbitMQ', lambda: listens(os.environ['RABBIT_PORT']))
    patiently('Keystone', lambda: listens(os.environ['KEYSTONE_PORT']))


def become(run, name, program, arguments, main):
    """Never returns: this process is now the service, with these arguments on its command line."""
    os.setsid()
    with open('%s/pid/%s' % (run, name), 'w') as pid:
        pid.write('%d\n' % os.getpid())
    output = os.open('%s/log/%s.out' % (run, name), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if 'eventlet' in sys.modules:
        import eventlet.hubs
        eventlet.hubs.use_hub()   # an epoll of its own, not the parent's
    sys.argv = [program] + arguments + ['--log-file', '%s/log/%s.log' % (run, name)]
    sys.exit(main())
