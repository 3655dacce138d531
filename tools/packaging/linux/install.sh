#!/bin/sh
# Installs Hashiya for the current user, without administrator rights: ./install.sh
# Run it again from a newer folder to update. ./install.sh --remove takes the program away and keeps all projects.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/opt/hashiya
link=$HOME/.local/bin/hashiya
desktop=$data/applications/hashiya.desktop
type=$data/mime/packages/hashiya.xml
icon=$data/icons/hicolor/scalable/apps/hashiya.svg

tell_desktop() { # each of these is missing on some desktop, which then finds the files by itself
    update-desktop-database "$data/applications" 2>/dev/null || :
    update-mime-database "$data/mime" 2>/dev/null || :
    gtk-update-icon-cache -q "$data/icons/hicolor" 2>/dev/null || :
}

if [ "${1:-}" = --remove ]; then
    rm -rf "$program"
    rm -f "$link" "$desktop" "$type" "$icon"
    tell_desktop
    echo "Hashiya is removed. Projects and settings are kept; they lie in: $data/Hashiya and ${XDG_CONFIG_HOME:-$HOME/.config}/Hashiya"
    echo "أُزيلت حاشية. بقيت المشاريع والإعدادات في مكانها."
    exit 0
fi

# The new program is complete before the old one goes.
mkdir -p "$HOME/.local/opt" "$HOME/.local/bin" "$data/applications" "$data/mime/packages" "$(dirname "$icon")"
rm -rf "$program.new"
cp -R "$here/" "$program.new"
rm -rf "$program"
mv "$program.new" "$program"
ln -sf "$program/hashiya" "$link"
cp "$here/_internal/resources/icons/hashiya.svg" "$icon"
cp "$here/share/hashiya.xml" "$type"
sed "s|^Exec=.*|Exec=\"$program/hashiya\" %F|" "$here/share/hashiya.desktop" > "$desktop"
tell_desktop
echo "Hashiya is installed: in the menu, and as $link"
echo "حاشية مثبّتة: تجدها في القائمة."
