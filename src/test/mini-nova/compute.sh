#!/bin/bash
# compute.sh kill|stop|start N: the nova-compute process of host computeN dies, ends in order, or comes back.
# A killed host still reads "up" until service_down_time (30 s) is over or somebody forces it down.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 2 && $2 =~ ^[1-9][0-9]*$ ]] || { echo "usage: compute.sh kill|stop|start N" >&2; exit 2; }
name=compute$2
[[ -e $RUN/etc/$name.conf ]] || die "there is no host $name; is mini-nova up? ($RUN)"

case $1 in
  kill) end KILL "$name" ;;
  stop) end TERM "$name" ;;
  start)
    if [[ -e $RUN/pid/$name ]] && ours "$(<"$RUN/pid/$name")"; then exit 0; fi
    env "$MARK" "$PYTHON" "$HERE/python/nova_services.py" "$RUN" \
      "$name=compute:--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/$name.conf" </dev/null ;;
  *) echo "usage: compute.sh kill|stop|start N" >&2; exit 2 ;;
esac
