#!/bin/bash
# compute.sh kill|stop|start N: the nova-compute process of host computeN dies, ends in order, or comes back.
# With MINI_NOVA_LIVE_MIGRATIONS it comes back with so many live migrations at once (0: no limit).
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
    config=--config-file,$RUN/etc/nova.conf,--config-file,$RUN/etc/$name.conf
    if [[ -n ${MINI_NOVA_LIVE_MIGRATIONS:-} ]]; then   # for this run of it: the next start without the variable has nova.conf's
      printf '[DEFAULT]\nmax_concurrent_live_migrations = %s\n' "$MINI_NOVA_LIVE_MIGRATIONS" >"$RUN/etc/$name-limit.conf"
      config+=,--config-file,$RUN/etc/$name-limit.conf
    fi
    env "$MARK" "$PYTHON" "$HERE/python/nova_services.py" "$RUN" "$name=compute:$config" </dev/null ;;
  *) echo "usage: compute.sh kill|stop|start N" >&2; exit 2 ;;
esac
