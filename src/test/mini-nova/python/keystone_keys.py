"""keystone_keys.py FOLDER...: fernet keys 0 and 1, as `keystone-manage fernet_setup` makes them (it wants a user keystone)."""
import os
import sys

from cryptography.fernet import Fernet

for folder in sys.argv[1:]:
    for number in ('0', '1'):
        fd = os.open(os.path.join(folder, number), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(fd, 'wb') as key:
            key.write(Fernet.generate_key())
