"""The layout of records and messages, stated a second time, and the tools that put bytes together, sign and spoil them."""
import hashlib
import hmac
import zlib

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
LANES = ["fire", "condition", "routine"]
U32 = 0xFFFFFFFF
U48 = 0xFFFFFFFFFFFF

# (field, bytes); "i" marks a signed one.
RECORD = [
    ("version", 1),
    ("lane", 1),
    ("kind", 2),
    ("station", 4),
    ("epoch", 4),
    ("sequence", 4),
    ("boot", 4),
    ("uptimeMs", 6),
    ("utcMs", 6),
    ("utcQuality", 1),
    ("severity", 1),
    ("flags", 2),
    ("zone", 1),
    ("zoneKind", 1),
    ("otherZone", 1),
    ("rule", 1),
    ("value", 4, "i"),
    ("unit", 1),
    ("reserved", 3),
    ("a", 4, "i"),
    ("b", 4, "i"),
    ("c", 4, "i"),
    ("crc", 4),
]
HEAD = [
    ("magic", 2),
    ("version", 1),
    ("type", 1),
    ("station", 4),
    ("epoch", 4),
    ("boot", 4),
    ("session", 4),
    ("counter", 4),
    ("utcMs", 6),
    ("uptimeMs", 6),
    ("lifeS", 2),
    ("utcQuality", 1),
    ("reserved", 1),
]
HELD = [("held.%s" % lane, 4) for lane in LANES]
BODY = {
    "hello": [("versionMin", 1), ("versionMax", 1), ("reserved", 2)]
    + [("%s.%s" % (lane, what), 4) for lane in LANES for what in ("oldest", "last", "held")]
    + [("abilities", 4), ("firmware", 24)],
    "batch": [("lane", 1), ("count", 1), ("reserved", 2), ("after", 4)],
    "heartbeat": [
        ("conditions", 2),
        ("stationCode", 1),
        ("openCases", 1),
        ("zonesFire", 4),
        ("zonesFault", 4),
        ("zonesDisabled", 4),
        ("zonesTest", 4),
        ("zonesSupervisory", 4),
    ]
    + [("last.%s" % lane, 4) for lane in LANES]
    + HELD
    + [("connections", 4), ("resends", 4), ("refused", 4), ("settingsCrc", 4)],
    "offline": [],
    "names": [("settingsCrc", 4), ("part", 1), ("last", 1), ("count", 1), ("reserved", 1)],
    "ask": [("settingsCrc", 4)],
    "welcome": [("version", 1), ("reserved", 3)] + HELD,
    "held": HELD,
    "refuse": [("reason", 1), ("versionMin", 1), ("versionMax", 1), ("reserved", 1), ("bootAtLeast", 4)],
    "command": [("number", 4), ("code", 1), ("reserved", 1), ("textBytes", 2), ("a", 4, "i"), ("b", 4, "i"), ("c", 4, "i")],
}
TYPE = {
    "hello": 0x01,
    "batch": 0x02,
    "heartbeat": 0x03,
    "offline": 0x04,
    "names": 0x05,
    "welcome": 0x81,
    "held": 0x82,
    "refuse": 0x83,
    "command": 0x84,
    "ask": 0x85,
}
MAGIC = int.from_bytes(b"FG", "little")
UTC = 1795352696789  # 2026-11-22T13:44:56.789Z
UTC_2039 = 2177452800000  # 2039-01-01T00:00:00Z


def put(value, size):
    if isinstance(value, bytes):
        return value.ljust(size, b"\0")
    return (value & ((1 << (8 * size)) - 1)).to_bytes(size, "little")


def pack(layout, values, prefix=""):
    """A list of [label, bytes] in the order of the layout."""
    return [[prefix + f[0], put(values.get(f[0], 0), f[1])] for f in layout]


def joined(parts):
    return b"".join(p[1] for p in parts)


def at(parts, label):
    for p in parts:
        if p[0] == label:
            return p
    raise KeyError(label)


def sign(parts, key=KEY):
    return parts + [["signature", hmac.new(key, joined(parts), hashlib.sha256).digest()]]


def cut(parts, count):
    """The first `count` bytes, the last field cut where need be."""
    out = []
    for label, data in parts:
        if count <= 0:
            break
        out.append([label, data[:count]])
        count -= len(data)
    return out


def borders(parts):
    """(label of the field that is missing, bytes before it) for every field."""
    at_byte = 0
    for label, data in parts:
        yield label, at_byte
        at_byte += len(data)


def flip(parts, label, byte=0, bit=0):
    out = [[l, bytearray(d)] for l, d in parts]
    at(out, label)[1][byte] ^= 1 << bit
    return [[l, bytes(d)] for l, d in out]


def record(**values):
    """The fields of a record with its checksum."""
    full = dict(version=1, station=1001, epoch=0x5EED0001, sequence=1, boot=1, kind=1)
    full.update(values)
    parts = pack(RECORD, full)
    if "crc" not in values:
        at(parts, "crc")[1] = put(zlib.crc32(joined(parts)[:60]), 4)
    return parts


def numbers(layout, parts):
    """What a reader must find: each field but the reserved ones as a number."""
    out = {}
    for f in layout:
        if f[0] in ("reserved", "firmware"):
            continue
        out[f[0]] = int.from_bytes(at(parts, f[0])[1], "little", signed=len(f) > 2)
    return out


def head(kind, **values):
    down = TYPE[kind] >= 0x80
    full = dict(
        magic=MAGIC,
        version=1,
        type=TYPE[kind],
        station=1001,
        epoch=0x5EED0001,
        boot=7,
        session=3,
        counter=12,
        utcMs=UTC,
        uptimeMs=0 if down else 86400123,
        lifeS=0,
        utcQuality=2,
        reserved=0,
    )
    if kind in ("offline", "refuse"):
        full["counter"] = 0
    full.update(values)
    return pack(HEAD, full, "head.")


def message(kind, body, key=KEY, **head_values):
    return sign(head(kind, **head_values) + body, key)


def expected(kind, parts, extra=None):
    out = {}
    for f in HEAD:
        if f[0] != "reserved":
            out["head." + f[0]] = int.from_bytes(at(parts, "head." + f[0])[1], "little")
    out.update(numbers(BODY[kind], parts))
    out.update(extra or {})
    return out
