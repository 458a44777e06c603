"""neutron_stub.py PORT: the smallest thing that Nova needs in the place of Neutron for servers with `"networks": "none"`.

Without any Neutron at all Nova answers 500 to GET of a server.
"""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class EmptyNeutron(BaseHTTPRequestHandler):
    """Every collection is empty, every quota is endless, nothing can be made."""

    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        collection = re.match(r'/(?:v2\.0/)?([a-z-]+)(?:\.json)?(?:/[^?]*)?(?:\?.*)?$', self.path)
        if not collection:
            self.answer(200, {'versions': [{'id': 'v2.0', 'status': 'CURRENT', 'links': []}]})
        elif collection.group(1) == 'quotas':
            self.answer(200, {'quota': {'port': -1, 'network': -1, 'security_group': -1}})
        else:
            self.answer(200, {collection.group(1).replace('-', '_'): []})

    def do_POST(self):
        self.answer(404, {'NeutronError': {'type': 'NotFound', 'message': 'stub', 'detail': ''}})

    do_PUT = do_DELETE = do_POST

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        print(self.command, self.path, flush=True)


ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), EmptyNeutron).serve_forever()
