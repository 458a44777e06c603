#!/bin/bash
# cinder.sh stop|start N: the cinder-volume of host computeN ends, or comes back. Only compute1 and compute2 have one.
# One that has ended still reads up for 7 s.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
[[ $# == 2 && $2 =~ ^[1-9][0-9]*$ ]] || { echo "usage: cinder.sh stop|start N" >&2; exit 2; }
host=compute$2
name=cinder-volume-$host
[[ -e $RUN/etc/cinder-$host.conf ]] || die "there is no cinder-volume on $host; is mini-nova up? ($RUN)"

case $1 in
  stop) end TERM "$name" ;;
  start)
    if [[ -e $RUN/pid/$name ]] && ours "$(<"$RUN/pid/$name")"; then exit 0; fi
    env "$MARK" "$PYTHON" "$HERE/python/cinder_services.py" "$RUN" \
      "$name=volume:--config-file,$RUN/etc/cinder.conf,--config-file,$RUN/etc/cinder-$host.conf" </dev/null ;;
  *) echo "usage: cinder.sh stop|start N" >&2; exit 2 ;;
esac
