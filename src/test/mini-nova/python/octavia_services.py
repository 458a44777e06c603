"""octavia_services.py RUN CONFIG: starts Octavia's API and worker, and returns when they run.

Octavia is imported once, then one process is forked for each (forked.py). Its network is pretended, so an amphora is booted without any,
and no port is attached to it; what it asks of Nova besides is its own.
"""
import datetime
import os
import sys
from wsgiref import simple_server

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
import keystonemiddleware.auth_token   # noqa: F401
import octavia.cmd.api
import octavia.cmd.octavia_worker
import octavia.controller.worker.v1.controller_worker   # noqa: F401
import octavia.controller.worker.v2.controller_worker   # noqa: F401
import octavia.api.v2.controllers   # noqa: F401
import oslo_messaging._drivers.impl_rabbit   # noqa: F401
import pymysql   # noqa: F401
from octavia.common import clients
from octavia.compute.drivers import nova_driver

from forked import become, bus_and_keystone

# cotyledon names its processes, over the environment in /proc, by which down.sh knows its own, unless it is told not to.
os.environ['SPT_NOENV'] = '1'


class WithoutNetwork(nova_driver.VirtualMachineManager):

    def __init__(self):
        super().__init__()
        create = self.manager.create
        self.manager.create = lambda **server: create(**{**server, 'nics': 'none', 'security_groups': None})

    def attach_network_or_port(self, compute_id, network_id=None, ip_address=None, port_id=None):
        return None

    def detach_port(self, compute_id, port_id):
        return None


nova_driver.VirtualMachineManager = WithoutNetwork
clients.NOVA_VERSION = '2.37'   # 2.15 of its own, which does not know how to boot a server without a network


class Closing(simple_server.ServerHandler):
    """Its server closes after each answer but does not say so, and clients that keep connections would run into the closed one."""

    def cleanup_headers(self):
        super().cleanup_headers()
        self.headers['Connection'] = 'close'


simple_server.ServerHandler = Closing


def make_certificate_authority(path):
    """It signs the certificate that each amphora is booted with, and that nobody asks for."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, 'mini-nova')])
    now = datetime.datetime.utcnow()
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(days=30)).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    with open(path + '.pem', 'wb') as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
    with open(path + '.key', 'wb') as file:
        file.write(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


make_certificate_authority(sys.argv[1] + '/state/octavia-ca')

bus_and_keystone()
for name, main in (('octavia-api', octavia.cmd.api.main), ('octavia-worker', octavia.cmd.octavia_worker.main)):
    if os.fork() == 0:
        become(sys.argv[1], name, name, ['--config-file', sys.argv[2]], main)
os._exit(0)   # not sys.exit: threads of the imported libraries would hold it
