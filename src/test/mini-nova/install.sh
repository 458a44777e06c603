#!/bin/bash
# Installs what mini-nova runs on, from Debian 12's packages (about 360 packages, 90 s the first time). Does nothing
# where everything is there. As root, or with sudo.
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

packages=(
  python3-nova python3-keystone python3-placement python3-glance python3-masakari python3-pymysql
  python3-neutron python3-cinder python3-octavia prometheus-alertmanager
  rabbitmq-server mariadb-server-core mariadb-client-core uwsgi-core uwsgi-plugin-python3
)

paste_files_are_there() {
  local name
  for name in nova glance masakari neutron cinder; do
    [[ -s $PASTE/$name-api-paste.ini ]] || return 1
  done
}

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) == installed ]] || missing+=("$package")
done
if (( ${#missing[@]} == 0 )) && paste_files_are_there; then
  echo "mini-nova: all packages are installed"
  exit 0
fi

as_root=()
if (( EUID != 0 )); then
  command -v sudo >/dev/null || die "packages are missing (${missing[*]:-paste files}) and this is neither root nor is there sudo"
  as_root=(sudo -n)
fi
if [[ $(. /etc/os-release && echo "${ID:-}${VERSION_ID:-}") != debian12 ]]; then
  echo "mini-nova: written for Debian 12 (OpenStack Zed); this is another system, go on at your own risk" >&2
fi

scratch=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
policy_is_ours=no
clean_up() {
  rm -rf "$scratch"
  # Left behind, it would keep every package of this machine from starting its service, for ever.
  if [[ $policy_is_ours == yes ]]; then "${as_root[@]}" rm -f "$policy"; fi
}
trap clean_up EXIT

"${as_root[@]}" apt-get update -q
if (( ${#missing[@]} > 0 )); then
  if [[ ! -e $policy ]]; then   # RabbitMQ and Alertmanager must not start as system services on their well-known ports
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    policy_is_ours=yes
    "${as_root[@]}" chmod 755 "$policy"
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

# Only the paste files are wanted of these packages, which would bring users, services and questions with them.
cd "$scratch"
apt-get download -q -o APT::Sandbox::User="$(id -un)" nova-common glance-common masakari-api neutron-common cinder-common
for archive in ./*.deb; do dpkg-deb -x "$archive" unpacked; done
mkdir -p "$PASTE"
find unpacked -path '*nova*' -name api-paste.ini -exec cp {} "$PASTE/nova-api-paste.ini" \;
find unpacked -path '*masakari*' -name api-paste.ini -exec cp {} "$PASTE/masakari-api-paste.ini" \;
find unpacked -path '*cinder*' -name api-paste.ini -exec cp {} "$PASTE/cinder-api-paste.ini" \;
find unpacked -name glance-api-paste.ini -exec cp {} "$PASTE/glance-api-paste.ini" \;
find unpacked -path '*neutron*' -name api-paste.ini -exec cp {} "$PASTE/neutron-api-paste.ini" \;
paste_files_are_there || die "nova-common, glance-common, masakari-api, neutron-common or cinder-common hold no paste file"
echo "mini-nova: installed"
