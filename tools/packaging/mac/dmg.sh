#!/bin/sh
# Makes the disk image for macOS: dmg.sh Hashiya.app TARGET.dmg "Volume name"
# With HASHIYA_SIGN_IDENTITY the image is signed; with HASHIYA_NOTARY_APPLE_ID (whose password keychain.sh has stored) Apple is
# asked to vouch for it, and the answer is stapled on.
set -eu
app=$1
target=$2
volume=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

codesign --verify --deep --strict "$app"
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
rm -f "$target"
hdiutil create -volname "$volume" -srcfolder "$folder" -fs HFS+ -format UDZO -ov "$target"
if [ -n "${HASHIYA_SIGN_IDENTITY:-}" ]; then
    codesign --sign "$HASHIYA_SIGN_IDENTITY" --timestamp "$target"
fi
if [ -n "${HASHIYA_NOTARY_APPLE_ID:-}" ]; then
    xcrun notarytool submit "$target" --keychain-profile hashiya --wait
    xcrun stapler staple "$target"
fi
