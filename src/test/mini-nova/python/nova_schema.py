"""The work of `nova-manage api_db sync`, `cell_v2 map_cell0`, `db sync` and `cell_v2 create_cell` with one import of Nova."""
import sys

from nova.cmd import manage  # first: it monkey-patches
from nova import config, objects
import nova.conf

config.parse_args(sys.argv)
objects.register_all()
cell1 = nova.conf.CONF.database.connection
results = [
    manage.ApiDbCommands().sync(),
    manage.CellV2Commands().map_cell0(cell1.replace('/nova_cell1', '/nova_cell0')),
    manage.DbCommands().sync(),
    manage.CellV2Commands().create_cell(name='cell1'),
]
print(results)
sys.exit(1 if any(results) else 0)
