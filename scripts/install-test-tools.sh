#!/usr/bin/env bash
# Installs the Debian programs that the tests drive, where they are missing: the broker and its clients, pseudo-terminal
# pairs, the system-call trace that shows the sync, the schema check of the tax authority's file, a scanner that reads codes
# off pictures, the library of HID scanners, the check of shell scripts, and systemd's own checks of units (the package systemd alone does not make this machine boot with it).
# With --check it installs nothing: it names what is missing and ends with 1. Needs root or sudo otherwise. The broker's own service is neither started nor enabled: tests start their own on a free port.
set -euo pipefail

# program it gives -> Debian package
declare -A package_of=(
	[mosquitto]=mosquitto
	[mosquitto_pub]=mosquitto-clients
	[openssl]=openssl
	[shellcheck]=shellcheck
	[socat]=socat
	[strace]=strace
	[systemd-analyze]=systemd
	[xmllint]=libxml2-utils
	[zbarimg]=zbar-tools
)

PATH="$PATH:/usr/sbin:/sbin" # mosquitto lies in sbin, which is in no ordinary user's PATH
missing=()
for program in "${!package_of[@]}"; do
	command -v "$program" >/dev/null || missing+=("${package_of[$program]}")
done
# No program, but what node-hid's native part is linked with.
ldconfig -p | grep -q 'libusb-1\.0\.so\.0' || missing+=(libusb-1.0-0)
if [ ${#missing[@]} -eq 0 ]; then
	echo "test tools: all there"
	exit 0
fi
if [ "${1:-}" = --check ]; then
	echo "test tools: missing ${missing[*]}" >&2
	exit 1
fi

command -v apt-get >/dev/null || {
	echo "test tools: this machine has no apt-get; install by hand: ${missing[*]}" >&2
	exit 1
}
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || {
		echo "test tools: run this as root, there is no sudo here: $0" >&2
		exit 1
	}
	as_root=(sudo)
fi

# Debian starts a service the moment its package is installed, unless policy-rc.d answers 101 ("not allowed").
policy=/usr/sbin/policy-rc.d
own_policy=
put_policy_back() {
	if [ -n "$own_policy" ]; then "${as_root[@]}" rm -f "$policy"; fi
}
trap put_policy_back EXIT
if [ ! -e "$policy" ]; then
	own_policy=yes
	printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
	"${as_root[@]}" chmod 755 "$policy"
fi

echo "test tools: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
if [[ " ${missing[*]} " == *" mosquitto "* ]] && [ -d /run/systemd/system ]; then
	"${as_root[@]}" systemctl disable --quiet mosquitto
fi

for program in "${!package_of[@]}"; do
	command -v "$program" >/dev/null || {
		echo "test tools: $program is still missing after installing ${package_of[$program]}" >&2
		exit 1
	}
done
echo "test tools: installed"
