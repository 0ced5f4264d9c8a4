"""One JSON file of cases: what a case holds and how it is written so that a person can read it."""
import json
import textwrap

SCHEMA = "gateway-contract-vectors-1"


class File:
    def __init__(self, name, about, key=None):
        self.name, self.about, self.key, self.notes, self.tests = name, about, key, {}, []

    def note(self, flag, why):
        self.notes[flag] = why

    def add(self, comment, flags, result, **rest):
        assert all(f in self.notes for f in flags), flags
        case = {"id": len(self.tests) + 1, "comment": comment, "flags": flags, "result": "valid" if result == "ok" else "invalid"}
        if result != "ok":
            case["reason"] = result
        for k, v in rest.items():
            if v is not None:
                case[k] = [{"field": l, "hex": d.hex()} for l, d in v] if k == "fields" else v
        self.tests.append(case)

    def text(self):
        top = [("schema", SCHEMA)]
        if self.key:
            top.append(("key", self.key.hex()))
        top.append(("numberOfTests", len(self.tests)))
        out = ["{"] + ['  "%s": %s,' % (k, js(v)) for k, v in top]
        about = textwrap.wrap(self.about, 110)
        out += ['  "about": ['] + ["    %s%s" % (js(a), "," if i + 1 < len(about) else "") for i, a in enumerate(about)] + ["  ],"]
        out += (
            ['  "notes": {']
            + ["    %s: %s%s" % (js(k), js(v), "," if i + 1 < len(self.notes) else "") for i, (k, v) in enumerate(self.notes.items())]
            + ["  },", '  "tests": [']
        )
        for i, case in enumerate(self.tests):
            out.append("    {")
            items = list(case.items())
            for j, (k, v) in enumerate(items):
                comma = "," if j + 1 < len(items) else ""
                if isinstance(v, list) and v and isinstance(v[0], dict):
                    out.append('      "%s": [' % k)
                    out += ["        %s%s" % (js(f), "," if n + 1 < len(v) else "") for n, f in enumerate(v)]
                    out.append("      ]" + comma)
                elif isinstance(v, dict) and len(js(v)) > 110:
                    out.append('      "%s": {' % k)
                    out += wrapped(["%s: %s" % (js(a), js(b)) for a, b in v.items()])
                    out.append("      }" + comma)
                elif isinstance(v, str) and len(v) > 100:
                    out.append('      "%s": [' % k)
                    out += wrapped([js(v[n : n + 100]) for n in range(0, len(v), 100)])
                    out.append("      ]" + comma)
                else:
                    out.append('      "%s": %s%s' % (k, js(v), comma))
            out.append("    }" + ("," if i + 1 < len(self.tests) else ""))
        return "\n".join(out + ["  ]", "}", ""])


def js(value):
    return json.dumps(value, ensure_ascii=True)


def wrapped(items):
    """The items with commas between them, in lines of at most 140 columns."""
    lines, line = [], ""
    for i, item in enumerate(items):
        item += "," if i + 1 < len(items) else ""
        if line and len(line) + 1 + len(item) > 132:
            lines.append("        " + line)
            line = ""
        line = line + " " + item if line else item
    return lines + ["        " + line]
