#!/bin/bash
# control.sh JSON|reset|show: speed and failures of the pretended hypervisors, read by them at every operation.
# JSON replaces what was there; see README.md for its keys.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 1 ]] || { echo "usage: control.sh JSON|reset|show" >&2; exit 2; }
[[ -d $RUN ]] || die "not up ($RUN)"

case $1 in
  show) if [[ -e $CONTROL ]]; then cat "$CONTROL"; else echo '{}'; fi ;;
  reset) rm -f "$CONTROL" ;;
  *)
    next=$(mktemp "$CONTROL.XXXXXX")
    # Through a rename: a hypervisor that reads meanwhile sees the old or the new one, never half of one.
    if printf '%s\n' "$1" | "$PYTHON" "$HERE/python/control_check.py" >"$next"; then
      chmod 644 "$next"
      mv "$next" "$CONTROL"
    else
      rm -f "$next"
      exit 2
    fi ;;
esac
