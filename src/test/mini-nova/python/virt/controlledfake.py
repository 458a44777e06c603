"""Nova's fake hypervisor with knobs for speed and failure, read from control.json (see README.md) at every operation.

What is pretended is the guest and its copying; everything above this file is Nova.
"""
import json
import os
import time

from nova import exception
from nova.compute import power_state
from nova.virt import fake

CONTROL = os.environ['MINI_NOVA_CONTROL']


def control(key, server, default):
    try:
        with open(CONTROL) as f:
            by_name = json.load(f).get(key, {})
    except FileNotFoundError:
        return default
    return by_name.get(server, by_name.get('*', default))


class ControlledFakeDriver(fake.FakeDriver):

    def __init__(self, virtapi, read_only=False):
        super().__init__(virtapi, read_only)
        self._live = {}   # uuid -> None while copying, then 'abort' or 'force'

    def _fail_if_told(self, instance, operation):
        if operation in control('fail', instance.display_name, []):
            raise exception.InternalError('told to fail %s of %s' % (operation, instance.display_name))

    def spawn(self, context, instance, *args, **kwargs):
        self._fail_if_told(instance, 'spawn')
        time.sleep(control('spawn_seconds', instance.display_name, 0))
        return super().spawn(context, instance, *args, **kwargs)

    # --- cold migration

    def migrate_disk_and_power_off(self, context, instance, *args, **kwargs):
        self._fail_if_told(instance, 'cold')
        time.sleep(control('cold_seconds', instance.display_name, 0))

    def finish_migration(self, context, migration, instance, *args, **kwargs):
        self._fail_if_told(instance, 'finish')
        return super().finish_migration(context, migration, instance, *args, **kwargs)

    # --- power: the stock fake keeps no state here, or raises for guests that it does not know

    def power_off(self, instance, timeout=0, retry_interval=0):
        if instance.uuid in self.instances:
            super().power_off(instance, timeout, retry_interval)

    def power_on(self, context, instance, *args, **kwargs):
        if instance.uuid not in self.instances:
            self.instances[instance.uuid] = fake.FakeInstance(instance.name, power_state.RUNNING, instance.uuid)
        super().power_on(context, instance, *args, **kwargs)

    def pause(self, instance):
        self._power(instance, power_state.PAUSED)

    def unpause(self, instance):
        self._power(instance, power_state.RUNNING)

    def suspend(self, context, instance):
        self._power(instance, power_state.SUSPENDED)

    def resume(self, context, instance, network_info, block_device_info=None):
        self._power(instance, power_state.RUNNING)

    def _power(self, instance, state):
        if instance.uuid in self.instances:
            self.instances[instance.uuid].state = state

    # --- live migration

    def live_migration(self, context, instance, dest, post_method, recover_method, block_migration=False, migrate_data=None):
        self._live[instance.uuid] = None
        seconds = control('live_seconds', instance.display_name, 2)
        migration = migrate_data.migration if migrate_data and 'migration' in migrate_data else None
        start = time.time()
        while self._live[instance.uuid] is None and time.time() - start < seconds:
            time.sleep(0.25)
            self._report(instance, migration, min(1.0, (time.time() - start) / seconds))
        how = self._live.pop(instance.uuid)
        if 'live' in control('fail', instance.display_name, []):
            recover_method(context, instance, dest, migrate_data)
        elif how == 'abort':
            recover_method(context, instance, dest, migrate_data, migration_status='cancelled')
        else:
            post_method(context, instance, dest, block_migration, migrate_data)

    @staticmethod
    def _report(instance, migration, fraction):
        """Progress and bytes, as the libvirt driver saves them while it copies."""
        if migration is not None:
            total = instance.flavor.memory_mb << 20
            migration.memory_total = total
            migration.memory_processed = int(total * fraction)
            migration.memory_remaining = total - migration.memory_processed
            migration.disk_total = migration.disk_processed = migration.disk_remaining = 0
            migration.save()
        instance.progress = int(fraction * 100)
        instance.save()

    def live_migration_force_complete(self, instance):
        if instance.uuid in self._live:
            self._live[instance.uuid] = 'force'

    def live_migration_abort(self, instance):
        if instance.uuid in self._live:
            self._live[instance.uuid] = 'abort'

    def post_live_migration(self, context, instance, block_device_info, migrate_data=None):
        if instance.uuid in self.instances:
            self.destroy(context, instance, network_info=None, block_device_info=block_device_info)
