#!/bin/sh
# Puts the certificate of the environment into a keychain of its own, for codesign and notarytool. For build machines.
set -eu
keychain=$HOME/Library/Keychains/hashiya-build.keychain-db
password=$(openssl rand -hex 20)
file=$(mktemp)
trap 'rm -f "$file"' EXIT

printf %s "$HASHIYA_MAC_CERTIFICATE" | base64 -d > "$file"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$file" -f pkcs12 -P "$HASHIYA_MAC_CERTIFICATE_PASSWORD" -k "$keychain" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" > /dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
if [ -n "${HASHIYA_NOTARY_APPLE_ID:-}" ]; then
    xcrun notarytool store-credentials hashiya --apple-id "$HASHIYA_NOTARY_APPLE_ID" --team-id "$HASHIYA_NOTARY_TEAM" \
        --password "$HASHIYA_NOTARY_PASSWORD" --keychain "$keychain"
fi
