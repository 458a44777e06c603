#!/bin/bash
# guests.sh boot HOST: boots half a dozen servers in mixed states on a host, for a drain to move.
# guests.sh list HOST: prints the name and the status of each server on a host; nothing when it is empty.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 2 && $1 =~ ^(boot|list)$ ]] || { echo "usage: guests.sh boot|list HOST" >&2; exit 2; }
exec "$PYTHON" "$HERE/python/guests.py" "$1" "$2" </dev/null
