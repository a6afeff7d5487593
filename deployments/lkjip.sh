#!/bin/sh
# The command lkjip for administrators, installed as /usr/local/bin/lkjip: the settings and the files belong
# to the service user, so the program always runs as that one.
set -eu
program=/opt/lkjip/.venv/bin/lkjip
service=lkjip

if [ "$(id -un)" = "$service" ]; then
  umask 007        # the office's folder can be passed through; what is new in it is not for everybody
  [ -x . ] || cd / # where Prefect would look for its own files and stumble
  exec "$program" "$@"
fi

for given in "$@"; do
  file=${given#--*=}
  case $file in */* | *.*) ;; *) continue ;; esac # a word such as "budget" is a command
  if [ -f "$file" ] && ! sudo -u "$service" test -r "$file"; then
    echo "Galat: Berkas $file tidak dapat dibaca oleh pengguna $service, yang menjalankan program ini." >&2
    echo "Yang perlu dilakukan: salin dulu ke tempat yang terbaca, misalnya" \
      "install -m 644 '$file' /tmp/, lalu sebut /tmp/$(basename "$file")." >&2
    exit 1
  fi
done

# Settings given for one call, as in LKJIP_YEAR=2022 lkjip status, win over the file.
names=$(env | grep -oE '^(LKJIP_[A-Za-z0-9_]+|PREFECT_API_URL)=' | tr -d = | paste -s -d , -)
exec sudo -H -u "$service" ${names:+--preserve-env="$names"} "$0" "$@"
