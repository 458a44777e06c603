"""A backend of Cinder's without any storage: it reports its size and takes a freeze and a thaw, and has no volumes."""
from cinder.volume import driver


class EmptyVolumeDriver(driver.VolumeDriver):

    VERSION = '1.0'

    def do_setup(self, context):
        pass

    def check_for_setup_error(self):
        pass

    def _update_volume_stats(self):
        self._stats = {
            'volume_backend_name': self.configuration.safe_get('volume_backend_name') or 'empty',
            'vendor_name': 'none', 'driver_version': self.VERSION, 'storage_protocol': 'none',
            'total_capacity_gb': 100, 'free_capacity_gb': 100, 'reserved_percentage': 0}
