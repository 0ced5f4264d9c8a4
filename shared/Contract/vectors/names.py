"""Cases of the table of names."""
import zlib

from case_file import File
from messages import both, common
from wire import BODY, KEY, OTHER_KEY, expected, head, message, pack, sign

SMOKE, CALL_POINT, SIREN = 2, 1, 1
LONGEST = "一层东侧大厅自动扶梯口感烟探测".encode() + "器".encode()


def place(sort=1, number=1, kind=SMOKE, wiring=1, name=b"", length=None):
    return bytes([sort, number, kind, wiring, len(name) if length is None else length]) + name


def names_body(places, **values):
    parts = pack(BODY["names"], dict(dict(settingsCrc=0xCBF43926, part=1, last=1, count=len(places)), **values))
    return parts + [["place[%d]" % i, p] for i, p in enumerate(places)]


def names_file():
    f = File("names", "A whole part of a table of names: head, signature, body, every place.", KEY)
    f.note("Normal", "Tables as a gateway sends them.")
    f.note("Distinct", "Every field has bytes of its own.")
    f.note("Edge", "The smallest or largest number that a field takes.")
    f.note("Unknown", "A sort, kind or wiring that this version does not name: it is kept.")
    f.note("Text", "A name that a reader has to clean before it is shown; as bytes it is good.")
    f.note("Refused", "The signature is right and a field is not.")
    f.note("Place", "The signature is right and a place is not.")

    def good(comment, flag, body, **head_values):
        parts = message("names", body, **head_values)
        places = b"".join(data for label, data in body if label.startswith("place["))
        f.add(comment, [flag], "ok", fields=parts, expected=expected("names", parts, {"placesCrc": zlib.crc32(places)}))

    kitchen = place(number=1, name="厨房".encode())
    door = place(number=2, kind=CALL_POINT, wiring=2, name="大门".encode())
    siren = place(sort=2, number=1, kind=SIREN, wiring=0)
    good("two zones and the siren, all there is", "Normal", names_body([kitchen, door, siren]))
    good("the first of two parts", "Normal", names_body([kitchen], last=0))
    good("the second of two parts", "Normal", names_body([door, siren], part=2))
    good("a zone without a name", "Normal", names_body([place(number=3)]))
    distinct = bytes([0x30, 0x31, 0x32, 0x33, 1, 0x35])
    good("every field has bytes of its own", "Distinct", names_body([distinct], settingsCrc=0x2B2A2928, part=5))
    good("no place", "Edge", names_body([]))
    good("the last part that can be", "Edge", names_body([kitchen], part=16))
    good("the longest name", "Edge", names_body([place(name=LONGEST)]))
    good("as many places as fit, without names", "Edge", names_body([place(number=i % 255 + 1) for i in range(204)]))
    good("the largest numbers", "Edge", names_body([place(255, 255, 255, 255, b"~")], settingsCrc=0xFFFFFFFF))
    good("a sort of a newer gateway", "Unknown", names_body([kitchen, place(sort=9, number=4, kind=77, wiring=78, name=b"group")]))
    good("a name that turns the direction of writing", "Text", names_body([place(name="\u202e房厨\u202c".encode())]))
    good("a name with an escape sequence and a line end", "Text", names_body([place(name=b"\x1b[2J\nfire")]))
    good("a name that is no UTF-8", "Text", names_body([place(name=b"\xff\xfe\xc0\xaf")]))
    good("a name that is markup", "Text", names_body([place(name=b"<script>alert(1)</script>")]))

    common(f, "names", names_body([kitchen, door]))

    def bad(comment, flag, reason, body):
        f.add(comment, [flag], reason, fields=sign(head("names") + body))

    bad("no checksum", "Refused", "out-of-range", names_body([kitchen], settingsCrc=0))
    bad("part 0", "Refused", "out-of-range", names_body([kitchen], part=0))
    bad("part 17", "Refused", "out-of-range", names_body([kitchen], part=17))
    bad("last is 2", "Refused", "out-of-range", names_body([kitchen], last=2))
    bad("reserved byte is not zero", "Refused", "reserved-not-zero", names_body([kitchen], reserved=1))
    bad("count is one more than the places that are there", "Refused", "too-short", names_body([kitchen], count=2))
    bad("count is one less than the places that are there", "Refused", "too-long", names_body([kitchen, door], count=1))
    bad("sort 0", "Place", "out-of-range", names_body([place(sort=0)]))
    bad("number 0", "Place", "out-of-range", names_body([kitchen, place(number=0)]))
    bad("a name of 49 bytes", "Place", "out-of-range", names_body([place(name=LONGEST + b"x")]))
    bad("a length of 255", "Place", "out-of-range", names_body([place(name=b"x", length=255)]))
    bad("a name longer than what is there", "Place", "too-short", names_body([place(name=b"xyz", length=4)]))
    bad("a name shorter than what is there", "Place", "too-long", names_body([place(name=b"xyz", length=2)]))

    def two(comment, faults, body, key=KEY):
        return comment, faults, sign(head("names") + body, key)

    both(
        f,
        "names",
        [
            two("part 0, and another key", ("wrong-signature", "out-of-range"), names_body([kitchen], part=0), OTHER_KEY),
            two("part 0, and the reserved byte", ("out-of-range", "reserved-not-zero"), names_body([kitchen], part=0, reserved=1)),
            two("the reserved byte, and a place too few", ("reserved-not-zero", "too-short"), names_body([kitchen], reserved=1, count=2)),
        ],
    )
    return f
