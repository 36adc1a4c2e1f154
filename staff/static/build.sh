#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes build/static, which nginx serves with far-future caching: CSS parts joined to app.css and minified, each
# file with a hash of its content in the name, .br and .gz beside it, and a manifest ("plain hashed"
# lines) that view/asset.c reads. Needs only sh and coreutils; what comes from npm (fonts, icons,
# htmx) is left out, with a word, where it cannot be had.
#
# usage: staff/static/build.sh   (from the root; COMPASS_OFFLINE=1 does not try npm)
set -eu
cd "$(dirname "$0")/../.."
vendor=build/vendor out=build/static work=build/static.tmp
rm -rf "$work"
mkdir -p "$vendor" "$out" "$work"

fetch() {
	[ -z "${COMPASS_OFFLINE:-}" ] && command -v npm >/dev/null || return 1
	# a try that failed is not repeated at every build
	! cmp -s staff/package-lock.json "$vendor/.failed" || return 1
	echo "assets: fetching fonts, icons and htmx from npm (once)" >&2
	(cd staff && timeout 180 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1 ||
		{ cp staff/package-lock.json "$vendor/.failed"; return 1; }
}

# --- from npm
if command -v node >/dev/null && { cmp -s staff/package-lock.json staff/node_modules/.compass-lock || fetch; }; then
	cmp -s staff/package-lock.json staff/node_modules/.compass-lock ||
		{ cp staff/package-lock.json staff/node_modules/.compass-lock; rm -f "$vendor/fonts.css"; }
	node staff/static/vendor.mjs "$vendor"
elif [ ! -f "$vendor/fonts.css" ]; then
	echo "assets: no npm packages here: pages will use system fonts, words for icons and no htmx (make fetch-assets tries again)" >&2
	[ ! -f "$work/npm.log" ] || tail -3 "$work/npm.log" >&2
fi

# --- one file under its hashed name
: >"$work/manifest"
add() { # path, plain name
	hash=$(sha256sum "$1" | cut -c1-12)
	hashed="${2%.*}.$hash.${2##*.}"
	echo "$2 $hashed" >>"$work/manifest"
	[ ! -f "$out/$hashed" ] || return 0
	cp "$1" "$work/$hashed"
	case $2 in *.woff2) ;; *)
		gzip -9 -n -c "$1" >"$out/$hashed.gz"
		! command -v brotli >/dev/null || brotli -q 11 -f -o "$out/$hashed.br" "$1"
	esac
	mv "$work/$hashed" "$out/$hashed"
}
# url(name) of a stylesheet becomes url(hashed name)
address() {
	script=$(while read -r plain hashed; do echo "s|url($plain)|url($hashed)|g"; done <"$work/manifest")
	sed "$script" "$1"
}

for file in "$vendor"/*.woff2 "$vendor"/icons.svg staff/static/*.svg; do
	[ ! -f "$file" ] || add "$file" "$(basename "$file")"
done
[ ! -f "$vendor/htmx.js" ] || add "$vendor/htmx.js" htmx.js
add staff/static/enhance.js enhance.js
# --- stylesheets: app.css for every staff page, css/only/NAME.css for the pages that name it
style() { # source, plain name
	if [ -d staff/node_modules/lightningcss ] && node staff/static/minify.mjs "$1" >"$work/style.min"; then
		mv "$work/style.min" "$1"
	fi
	address "$1" >"$work/style.css"
	add "$work/style.css" "$2"
}
cat staff/static/css/*.css >"$work/app.css"
[ ! -f "$vendor/fonts.css" ] || cat "$vendor/fonts.css" >>"$work/app.css"
style "$work/app.css" app.css
for file in staff/static/css/only/*.css portal/static/portal.css; do
	cp "$file" "$work/one.css"
	style "$work/one.css" "$(basename "$file")"
done

[ ! -d "$vendor/licences" ] || { mkdir -p "$out/licences"; cp "$vendor"/licences/* "$out/licences/"; }
# what no page names any more
for file in "$out"/*; do
	name=$(basename "$file")
	plain=${name%.br} plain=${plain%.gz}
	[ -d "$file" ] || [ "$name" = manifest ] || grep -q " $plain\$" "$work/manifest" || rm -f "$file"
done
mv "$work/manifest" "$out/manifest"
rm -rf "$work"
