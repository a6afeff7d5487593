#!/bin/sh
# Packs the office's folder, its settings and the offices' data into FOLDER/lkjip-<moment>.tar.gz. For root;
# the services may go on. The archive unpacks onto / as it is.
set -eu
umask 077
folder=${1:?"Cara pakai: backup.sh MAP [BERKAS_PENGATURAN]"}
settings=${2:-/etc/lkjip.env}

home=$(sed -n 's/^LKJIP_HOME=//p' "$settings" | tail -n 1)
[ -d "$home" ] || { echo "Galat: LKJIP_HOME di $settings bukan map: '$home'." >&2; exit 1; }
mkdir -p "$folder"
archive=$folder/$(basename "$home")-$(date +%Y-%m-%d-%H%M%S).tar.gz
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT

offices=$(sed -n 's/^LKJIP_OFFICES=//p' "$settings" | tail -n 1)
set -- "${settings#/}" "${home#/}"
case $offices in
  '' | "$home"/*) ;; # inside of what is packed already
  *) [ -d "$offices" ] || { echo "Galat: LKJIP_OFFICES di $settings bukan map: '$offices'." >&2; exit 1; }
     set -- "$@" "${offices#/}" ;;
esac
if [ -f "$home/lkjip.sqlite" ]; then
  # A copy that is whole though the services write meanwhile; made by the owner, whose files stay his.
  chown lkjip "$staged"
  runuser -u lkjip -- sqlite3 "$home/lkjip.sqlite" ".timeout 30000" ".backup '$staged/lkjip.sqlite'"
  set -- "$@" -C "$staged" ./lkjip.sqlite
fi
tar -czf "$archive.part" --anchored --exclude="${home#/}/lkjip.sqlite*" --exclude="${home#/}/.prefect" \
  --exclude="${home#/}/.serve" --exclude="${home#/}/log" \
  --transform="s,^\./lkjip\.sqlite\$,${home#/}/lkjip.sqlite," -C / "$@"
mv "$archive.part" "$archive"
echo "$archive"
