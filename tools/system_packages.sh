#!/bin/sh
# Installs the Debian packages that tests, data building and benchmarks use, where it can (root and apt); otherwise says
# which are missing: the tests that need them then skip, each with its own line.
set -eu

# command:package
WANTED="chromium:chromium gcc:gcc g++:g++ as:binutils clang:clang nasm:nasm csmith:csmith qemu-aarch64:qemu-user
aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu aarch64-linux-gnu-g++:g++-aarch64-linux-gnu
aarch64-linux-gnu-as:binutils-aarch64-linux-gnu"

missing=""
for pair in $WANTED; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -e /usr/include/csmith/csmith.h ] || ls /usr/include/csmith-*/csmith.h >/dev/null 2>&1 || missing="$missing libcsmith-dev"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core >/dev/null
else
    echo "not installed (needs root and apt); the tests that need them will skip:$missing" >&2
fi
