"""nova_cell.py add DATABASE BUS | remove HOST, then --config-file …: what `nova-manage cell_v2` does for a second cell."""
import os
import sys

from nova.cmd import manage  # first: it monkey-patches
from nova import config, context, objects

given = sys.argv[1:sys.argv.index('--config-file')]
config.parse_args(sys.argv[:1] + sys.argv[1 + len(given):])
objects.register_all()
cells = manage.CellV2Commands()
if given[0] == 'add':
    results = [
        manage.DbCommands().sync(local_cell=True),
        cells.create_cell(name='cell2', database_connection=given[1], transport_url=given[2]),
    ]
else:
    mapping = [cell for cell in objects.CellMappingList.get_all(context.get_admin_context()) if cell.name == 'cell2'][0]
    # the instances that the cell had are deleted, but their mappings stay until somebody archives them
    for instance in objects.InstanceMappingList.get_by_cell_id(context.get_admin_context(), mapping.id):
        instance.destroy()
    results = [cells.delete_cell(mapping.uuid, force=True)]
    sys.path.insert(0, os.environ['MINI_NOVA_PYTHON_DIR'])
    import cloud
    token = cloud.admin_token()
    for provider in cloud.call('GET', cloud.PLACEMENT + '/resource_providers?name=' + given[1], token)['resource_providers']:
        cloud.call('DELETE', cloud.PLACEMENT + '/resource_providers/' + provider['uuid'], token)
print(results)
sys.exit(1 if any(results) else 0)
