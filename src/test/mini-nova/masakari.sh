#!/bin/bash
# masakari.sh new|running|error|failed|ignored|finished: gives all of Masakari's notifications this status, as its engine would,
# which does not run here: a notification that was sent stays new, and no host of its segment can be changed.
# masakari.sh fail HOST: notifies that the host has failed, as its monitor would.
# masakari.sh clear: forgets them; one like those of the last three minutes is refused as a duplicate.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 1 && $1 =~ ^(new|running|error|failed|ignored|finished|clear)$ ]] || [[ $# == 2 && $1 == fail ]] ||
  { echo "usage: masakari.sh new|running|error|failed|ignored|finished|clear, or masakari.sh fail HOST" >&2; exit 2; }
[[ -e $RUN/pid/mariadb ]] || die "mini-nova is not up ($RUN)"

case $1 in
  fail) exec "$PYTHON" "$HERE/python/notify_masakari.py" "$2" ;;
  clear) statement="delete from notifications" ;;
  *) statement="update notifications set status = '$1', updated_at = utc_timestamp()" ;;
esac
mariadb --no-defaults -u root -S "$MYSQL_SOCKET" masakari -e "$statement"
