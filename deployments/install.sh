#!/bin/sh
# Makes what an office needs on this machine, for root: service user, group of the staff, folders, settings,
# Prefect's database, the command lkjip and the unit. What is there already stays as it is, so it may be run
# again at any time, as after every upgrade. With a NAME it makes a further office beside the first.
set -eu
umask 022
name=${1:-}
case $name in *[!a-z0-9]*) echo "Galat: nama kantor kedua hanya huruf kecil dan angka: '$name'." >&2; exit 1 ;; esac
[ "$(id -u)" = 0 ] || { echo "Galat: jalankan sebagai root: sudo deployments/install.sh" >&2; exit 1; }

here=$(cd "$(dirname "$0")" && pwd)
top=${DESTDIR:-} # for trying it out: nothing outside of that folder is written
suffix=${name:+-$name}
home=/var/lib/lkjip$suffix
settings=/etc/lkjip$suffix.env
unit=lkjip$suffix
database=lkjip${name:+_$name}_prefect

getent group lkjip-staf >/dev/null || groupadd --system lkjip-staf
getent passwd lkjip >/dev/null ||
  useradd --system --user-group --groups lkjip-staf --home-dir /var/lib/lkjip --shell /usr/sbin/nologin lkjip

# The staff put files into masuk/ and read arsip/ and karantina/; what lies beside these is closed to them.
folder() {
  [ -d "$top$home/$2" ] || install -d -o lkjip -g lkjip-staf -m "$1" "$top$home/$2"
}
folder 0710 ''
folder 0750 masuk
for kind in bps harga anggaran anggaran/lampiran; do
  folder 2770 "masuk/$kind"
done
for kind in arsip karantina; do
  for part in '' /bps /harga /anggaran /anggaran/lampiran; do
    folder 2750 "$kind$part"
  done
done
folder 2750 karantina/kiriman # what was sent by the page and is of no known kind
folder 2750 kantor

if [ ! -e "$top$settings" ]; then
  install -D -m 600 /dev/null "$top$settings" # closed before anything stands in it
  sed -e "s#/var/lib/lkjip#$home#" -e "s#/lkjip_prefect#/$database#" "$here/lkjip.env.example" >"$top$settings"
  chown root:lkjip "$top$settings"
  chmod 640 "$top$settings"
  echo "$settings dibuat; isi sebelum menjalankan $unit."
fi

grep -q '^LKJIP_PREFECT_DATABASE_URL=.' "$top$settings" ||
  echo "Peringatan: LKJIP_PREFECT_DATABASE_URL kosong di $settings; isi seperti dalam deployments/lkjip.env.example." >&2

if command -v createdb >/dev/null; then
  as_postgres() { (cd / && runuser -u postgres -- "$@"); }
  as_postgres psql -tAc "SELECT 1 FROM pg_roles WHERE rolname = 'lkjip'" | grep -q 1 ||
    as_postgres createuser lkjip
  as_postgres psql -tAc "SELECT 1 FROM pg_database WHERE datname = '$database'" | grep -q 1 ||
    as_postgres createdb --owner=lkjip --encoding=UTF8 --template=template0 "$database"
else
  echo "Peringatan: PostgreSQL tidak ada; pasang (apt install postgresql), lalu jalankan lagi berkas ini." >&2
fi

install -D -m 755 "$here/lkjip.sh" "$top/usr/local/bin/lkjip"
sed -e "s#/var/lib/lkjip#$home#" -e "s#/etc/lkjip\.env#$settings#" -e "s#^Description=LKjIP#&${name:+ $name}#" \
  "$here/lkjip.service" >"$top/etc/systemd/system/$unit.service"

# The units of before `lkjip serve`, which would hold its port.
for old in "lkjip$suffix-watch.timer" "lkjip$suffix-watch.service" "lkjip$suffix-worker.service" \
  "lkjip$suffix-prefect.service"; do
  if [ -e "$top/etc/systemd/system/$old" ]; then
    systemctl disable --now "$old" || true
    rm "$top/etc/systemd/system/$old"
  fi
done
systemctl daemon-reload
systemctl try-restart "$unit"
