#!/bin/sh
# Runs a command as a container's runtime would: in a root of its own that is read-only, with mounts, as user 65532.
# Usage: run-container.sh ROOT MOUNTS COMMAND ...   Each line of the file MOUNTS is "SOURCE TARGET ro" or "... rw".
set -eu
root=$1
mounts=$2
shift 2
if [ -z "${IN_NAMESPACE:-}" ]; then
  if [ "$(id -u)" = 0 ]; then
    IN_NAMESPACE=privileged exec unshare --mount "/bin/sh" "$0" "$root" "$mounts" "$@"
  fi
  IN_NAMESPACE=own exec unshare --mount --map-root-user "/bin/sh" "$0" "$root" "$mounts" "$@"
fi
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
while read -r source target mode; do
  mount --bind "$source" "$root$target"
  mount -o "remount,bind,$mode" "$root$target"
done <"$mounts"
mount -o remount,bind,ro "$root"
user=
if [ "$IN_NAMESPACE" = privileged ]; then
  user=--userspec=65532:65532
fi
unset IN_NAMESPACE
# shellcheck disable=SC2086 # no word when there is no user
exec chroot $user "$root" "$@"
