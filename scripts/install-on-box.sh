#!/usr/bin/env bash
# Puts the program on a box: a release of its own under /opt/tilld/releases, the units and users of systemd/, and a
# configuration to fill in. Nothing that runs is stopped or restarted. `--help` says more; systemd/README.md says the rest.
set -euo pipefail
umask 022
export LC_ALL=C

usage() {
	cat <<'TEXT'
usage: install-on-box.sh [--from DIR] [--role till|relay|both] [--prefix DIR]
       install-on-box.sh --rollback [--prefix DIR]

Installs the program for systemd, or goes back to the release before this one. Run as root.

  --from DIR     an unpacked checkout or release (default: the one this script lies in). With DIR/node_modules no network
                 is needed; without it, this machine's npm (Node 18 or newer) fetches the packages.
  --role ROLE    till (default), relay or both: which services this box runs. An installation that is there keeps its own.
  --prefix DIR   install below DIR instead of /, for an image: no user is made and no unit is loaded, the box's own
                 systemd does that at its first boot. Needs no root.
  --rollback     switch back to the previous release. A second --rollback comes forward again.
  --help         this text

May be run again at any time: what is there already is kept. Never overwritten: /etc/tilld/till.yaml, /etc/tilld/relay.yaml
and everything under /var/lib. Exit codes: 0 done; 1 not done, the last line says why; 2 the command line is wrong.
TEXT
}

say() { printf 'install: %s\n' "$*"; }
die() {
	printf 'install: %s\n' "$*" >&2
	exit 1
}
wrong_usage() {
	printf 'install: %s\n\n' "$*" >&2
	usage >&2
	exit 2
}

from=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
prefix=
role=
rollback=
while [ $# -gt 0 ]; do
	case $1 in
	--from | --role | --prefix)
		[ $# -ge 2 ] || wrong_usage "$1 needs a value"
		declare "${1#--}=$2"
		shift 2
		;;
	--rollback)
		rollback=yes
		shift
		;;
	--help | -h)
		usage
		exit 0
		;;
	*) wrong_usage "$1 is unknown" ;;
	esac
done
case $role in till | relay | both | '') ;; *) wrong_usage "--role is till, relay or both" ;; esac

if [ -n "$prefix" ]; then
	mkdir -p "$prefix" || die "$prefix cannot be made"
	prefix=$(readlink -f "$prefix")
	[ "$prefix" != / ] || prefix=
fi
[ -n "$prefix" ] || [ "$(id -u)" -eq 0 ] || die "run this as root (or with --prefix, to make an image)"
from=$(readlink -e "$from") || die "--from: there is no such directory"

opt=$prefix/opt/tilld
releases=$opt/releases
units=$prefix/usr/lib/systemd/system
wants=$prefix/etc/systemd/system/multi-user.target.wants
mkdir -p "$releases" || die "$releases cannot be written"

exec 9<"$opt"
flock --nonblock 9 || die "another installation is running"

work=
clean_up() {
	if [ -n "$work" ]; then rm -rf "$work"; fi
}
trap clean_up EXIT
rm -rf "$releases"/.staging-* # of an installation that was cut off

# --- releases: folders that never change, and two links that say which one runs -------------------------------------

# Makes LINK point at TARGET in one step: at every moment, and after a power cut, it points at the one or the other.
point() { # LINK TARGET
	[ "$(readlink "$1" || true)" != "$2" ] || return 0
	ln -sfn "$2" "$1.new"
	mv -fT "$1.new" "$1"
	sync "$(dirname "$1")"
}

release_of() { # current|previous: the name of its release, or nothing
	local target
	target=$(readlink "$opt/$1" || true)
	printf '%s' "${target#releases/}"
}

is_intact() { # RELEASE FOLDER: every file is what it was when it was installed (SD cards forget)
	(cd "$1" && sha256sum --check --quiet --strict MANIFEST.sha256) >/dev/null 2>&1
}

# Deletes releases that neither link names and no process runs from.
remove_old_releases() {
	local folder name
	for folder in "$releases"/*/; do
		folder=${folder%/}
		name=${folder##*/}
		if [ "$name" = "$(release_of current)" ] || [ "$name" = "$(release_of previous)" ]; then continue; fi
		if readlink /proc/[0-9]*/exe 2>/dev/null | grep -qF "$folder/"; then
			say "release $name still runs; it goes with the next installation"
			continue
		fi
		rm -rf "$folder"
		say "removed old release $name"
	done
}

# --- what systemd is told --------------------------------------------------------------------------------------------

changed=
put() { # FILE DESTINATION: installs a file where it differs
	if cmp -s "$1" "$2"; then return 0; fi
	mkdir -p "$(dirname "$2")"
	install -m 0644 "$1" "$2.new"
	mv -f "$2.new" "$2"
	changed=yes
}

# Files of a release, for the given services. A service that is new on this box is enabled; one that is there is left as
# its administrator has it.
put_system_files() { # RELEASE FOLDER, SERVICES...
	local folder=$1/systemd service
	shift
	put "$folder/sysusers.d/tilld.conf" "$prefix/usr/lib/sysusers.d/tilld.conf"
	put "$folder/tmpfiles.d/tilld.conf" "$prefix/usr/lib/tmpfiles.d/tilld.conf"
	put "$folder/modules-load.d/tilld.conf" "$prefix/usr/lib/modules-load.d/tilld.conf"
	put "$folder/udev/70-tilld.rules" "$prefix/usr/lib/udev/rules.d/70-tilld.rules"
	for service; do
		local is_new=
		[ -e "$units/$service.service" ] || is_new=yes
		put "$folder/$service.service" "$units/$service.service"
		if [ -n "$is_new" ]; then
			mkdir -p "$wants"
			ln -sfn "/usr/lib/systemd/system/$service.service" "$wants/$service.service"
			say "$service.service will start at boot"
		fi
	done
	if [ -n "$prefix" ] || [ -z "$changed" ]; then return 0; fi
	systemd-sysusers /usr/lib/sysusers.d/tilld.conf
	systemd-tmpfiles --create /usr/lib/tmpfiles.d/tilld.conf
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
		systemctl restart systemd-modules-load.service || say "some kernel modules did not load: systemctl status systemd-modules-load"
	fi
	if command -v udevadm >/dev/null && [ -S /run/udev/control ]; then
		udevadm control --reload
		udevadm trigger --subsystem-match=usb --subsystem-match=usbmisc --subsystem-match=tty --subsystem-match=hidraw
	fi
}

installed_services() {
	local service
	for service in tilld till-relay; do
		if [ -e "$units/$service.service" ]; then echo "$service"; fi
	done
}

say_how_to_restart() { # SERVICES...
	local service
	if [ -n "$prefix" ] || [ ! -d /run/systemd/system ]; then return 0; fi
	for service; do
		if systemctl is-active --quiet "$service"; then
			say "$service runs the release it was started from until: systemctl restart $service"
		fi
	done
}

# --- rollback --------------------------------------------------------------------------------------------------------

if [ -n "$rollback" ]; then
	now=$(release_of current)
	before=$(release_of previous)
	if [ -z "$before" ] || [ "$before" = "$now" ]; then die "there is no previous release to go back to"; fi
	is_intact "$releases/$before" || die "release $before is damaged: its files differ from its MANIFEST.sha256"
	mapfile -t services < <(installed_services)
	point "$opt/current" "releases/$before"
	point "$opt/previous" "releases/$now"
	put_system_files "$releases/$before" "${services[@]}"
	say "current is $before again, previous is $now"
	say "a journal that $now has written on may hold records that $before does not know; it then says so and sets the open ticket aside"
	say_how_to_restart "${services[@]}"
	exit 0
fi

# --- which services --------------------------------------------------------------------------------------------------

case $role in
till) services=(tilld) ;;
relay) services=(till-relay) ;;
both) services=(tilld till-relay) ;;
*)
	mapfile -t services < <(installed_services)
	[ ${#services[@]} -gt 0 ] || services=(tilld)
	;;
esac
for service in $(installed_services); do
	[[ " ${services[*]} " == *" $service "* ]] ||
		say "$service.service is here too and stays; to take it off: systemctl disable --now $service, then remove its unit"
done

programs=(tillctl)
[[ " ${services[*]} " != *" till-relay "* ]] || programs+=(till-relay)
for program in "${programs[@]}"; do
	link=$prefix/usr/bin/$program
	[ -L "$link" ] || [ ! -e "$link" ] || die "$link is a file of somebody else; move it away"
done

# --- the new release, made beside the others ------------------------------------------------------------------------

# What a shop runs. The stand-ins for the ERPs and the virtual devices are in no shop: what a country forbids is not
# there, rather than switched off.
parts=(package.json package-lock.json src drivers device-profiles systemd scripts/install-on-box.sh scripts/production-packages.ts)
for part in "${parts[@]}"; do
	[ -e "$from/$part" ] || die "$from is no checkout or release: it has no $part"
done
version=$(sed -nE 's/^\s*"version": "([^"]+)",?$/\1/p' "$from/package.json" | head -n 1)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$ ]] || die "$from/package.json names no version"

work=$(mktemp -d "$releases/.staging-XXXXXX")
stage=$work/release
mkdir "$stage"
say "making release $version from $from"
tar -C "$from" --exclude=src/sandbox --exclude=drivers/virtual --exclude='device-profiles/virtual-*' -cf - "${parts[@]}" |
	tar -C "$stage" --no-same-owner -xf -
for program in tillctl till-relay; do install -D -m 0755 "$stage/systemd/bin/run-program" "$stage/bin/$program"; done
mkdir -p "$stage/node/bin"

copy_packages() { # NODE: from $from/node_modules
	"$1" "$stage/scripts/production-packages.ts" "$from" >"$work/packages" ||
		die "$from/node_modules is not what package-lock.json says; run scripts/set-up.mjs there"
	tar -C "$from" --exclude=.bin -cf - --files-from="$work/packages" | tar -C "$stage" --no-same-owner -xf -
	cp "$1" "$stage/node/bin/node"
}

# As scripts/set-up.mjs does: the machine's npm brings the pinned Node and npm, and these install package-lock.json.
fetch_packages() {
	local fetched=$work/fetched npm_version
	local flags=(--no-audit --no-fund --loglevel=error)
	command -v npm >/dev/null ||
		die "$from has no node_modules, and this machine has no npm to fetch them; install npm, or bring a release that holds them"
	npm_version=$(sed -nE 's/^\s*"packageManager": "npm@([^"]+)",?$/\1/p' "$stage/package.json")
	say "fetching Node $node_version and the packages (about 200 MB)"
	mkdir "$fetched"
	printf '{"private":true,"allowScripts":{"node":true},"dependencies":{"node":"%s","npm":"%s"}}\n' \
		"$node_version" "$npm_version" >"$fetched/package.json"
	(cd "$fetched" && npm install --no-package-lock --ignore-scripts=false "${flags[@]}") ||
		die "Node $node_version could not be fetched; connect this machine, or bring a release that holds node_modules"
	(cd "$stage" && PATH=$fetched/node_modules/.bin:$PATH npm ci --omit=dev --ignore-scripts "${flags[@]}") ||
		die "the packages could not be fetched"
	find "$stage/node_modules" -name .bin -type d -prune -exec rm -rf {} +
	rm -f "$stage/node_modules/.package-lock.json"
	cp "$fetched/node_modules/node/bin/node" "$stage/node/bin/node"
}

node_version=$(sed -nE '/^\s*"node_modules\/node": \{/,/\}/ s/^\s*"version": "([^"]+)",?$/\1/p' "$stage/package-lock.json" | head -n 1)
[ -n "$node_version" ] || die "$from/package-lock.json pins no Node"
if [ -x "$from/node/bin/node" ]; then
	copy_packages "$from/node/bin/node"
elif [ -x "$from/node_modules/node/bin/node" ]; then
	copy_packages "$from/node_modules/node/bin/node"
else
	fetch_packages
fi
if [ "$(id -u)" -eq 0 ]; then chown -R root:root "$stage"; fi
chmod -R u=rwX,go=rX "$stage"

# Tried before anything is switched: Node, the machine code, and everything that the services import.
node=$stage/node/bin/node
[ "$("$node" --version)" = "v$node_version" ] || die "the Node in $from does not run here, or is not the pinned $node_version"
(cd "$stage" && "$node" --input-type=module --eval '
	new (await import("better-sqlite3")).default(":memory:").close();
	await import("serialport");
') || die "a native part does not load on this machine; the release was not installed"
for service in "${services[@]}"; do
	"$node" "$stage/src/cli/$service.ts" --version >/dev/null || die "$service does not start; the release was not installed"
done

(cd "$stage" && find . -type f ! -name MANIFEST.sha256 -print0 | sort -z | xargs -0 sha256sum) >"$work/manifest"
install -m 0644 "$work/manifest" "$stage/MANIFEST.sha256"

# A release never changes under a service that runs from it: another content of the same version gets another name.
digest=$(sha256sum <"$work/manifest" | cut -c 1-8)
name=
for candidate in "$version" "$version+$digest" "$version+$digest".{1..9}; do
	if [ ! -e "$releases/$candidate" ]; then
		sync -f "$stage"
		mv -T "$stage" "$releases/$candidate"
		sync "$releases"
		name=$candidate
		say "installed release $name"
		break
	fi
	cmp -s "$work/manifest" "$releases/$candidate/MANIFEST.sha256" || continue
	if is_intact "$releases/$candidate"; then
		name=$candidate
		say "release $name is there already"
		break
	fi
	say "release $candidate is damaged: its files differ from its MANIFEST.sha256"
done
[ -n "$name" ] || die "every copy of this release is damaged; check the disk"

# --- switch ----------------------------------------------------------------------------------------------------------

now=$(release_of current)
if [ "$now" != "$name" ]; then
	if [ -n "$now" ]; then point "$opt/previous" "releases/$now"; fi
	point "$opt/current" "releases/$name"
	say "current is $name${now:+, previous is $now}"
fi
point "$opt/node" current/node
mkdir -p "$prefix/usr/bin"
for program in "${programs[@]}"; do point "$prefix/usr/bin/$program" "../../opt/tilld/current/bin/$program"; done
put_system_files "$releases/$name" "${services[@]}"

put_config() { # FILE EXAMPLE SERVICE
	if [ -e "$1" ]; then return 0; fi
	mkdir -p "$prefix/etc/tilld"
	install -m 0644 "$2" "$1.new"
	mv -f "$1.new" "$1"
	say "fill in ${1#"$prefix"}, then: systemctl start $3"
}
for service in "${services[@]}"; do
	case $service in
	tilld) put_config "$prefix/etc/tilld/till.yaml" "$releases/$name/systemd/examples/till.yaml" tilld ;;
	till-relay) put_config "$prefix/etc/tilld/relay.yaml" "$releases/$name/systemd/examples/relay.yaml" till-relay ;;
	esac
done

remove_old_releases
if [ "$now" != "$name" ]; then say_how_to_restart "${services[@]}"; fi
say "done"
