"""Facts about mail as Python's email package finds them: an opinion on the corpora that Impart did not write.

    python3 test/message/oracles/describe.py ../shared/corpora

writes one JSON file per set beside this script: decoded subject, mailboxes, date, and for every part its depth, media
type, file name, decoded length and SHA-256 (first 16 hex digits). No mail is copied.
"""
import email
import email.policy
import email.utils
import hashlib
import json
import os
import sys

SETS = {
    "python-email": lambda path: path.endswith(".txt"),
    "ruby-mail": lambda path: path.endswith(".eml"),
    "rspamd": lambda path: path.endswith(".eml"),
    "postal-mime": lambda path: path.endswith(".eml"),
    "tika-mail": lambda path: path.endswith(".eml") or os.path.basename(path).startswith("testRFC822"),
    "email-outlook-message": lambda path: path.endswith(".eml"),
}


def mailboxes(message, name):
    """Pairs of display name and addr-spec as policy.default reads them; None where it fails."""
    try:
        found = []
        for value in message.get_all(name) or []:
            found += [[box.display_name or "", box.addr_spec] for box in value.addresses]
        return found
    except Exception:  # the package raises on some damage; then it has no opinion
        return None


def moment(message):
    try:
        parsed = email.utils.parsedate_tz(str(message["date"] or ""))
        return None if parsed is None else email.utils.mktime_tz(parsed)
    except Exception:
        return None


def text_of(message, name):
    try:
        value = message[name]
        return "" if value is None else str(value)
    except Exception:
        return None


def parts(message, depth=0):
    try:
        name = message.get_filename() or ""
    except Exception:
        name = None
    entry = {"depth": depth, "type": message.get_content_type(), "name": name}
    if message.is_multipart():
        yield entry
        for part in message.get_payload():
            yield from parts(part, depth + 1)
        return
    try:
        content = message.get_payload(decode=True) or b""
    except Exception:
        content = None
    if content is not None:
        entry["bytes"] = len(content)
        entry["sha256"] = hashlib.sha256(content).hexdigest()[:16]
    yield entry


def describe(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    # compat32 keeps bytes of parts as they are, where policy.default re-reads them by charset.
    plain = email.message_from_bytes(raw, policy=email.policy.compat32)
    facts = {"subject": text_of(message, "subject"), "date": moment(plain)}
    for name in ("from", "to", "cc"):
        facts[name] = mailboxes(message, name)
    names = [entry["name"] for entry in parts(message)]
    facts["parts"] = list(parts(plain))
    if len(names) == len(facts["parts"]):
        for entry, name in zip(facts["parts"], names):
            entry["name"] = name
    return facts


def clean(value):
    """JSON holds no lone surrogates, which Python uses for undecodable bytes: such a value is no opinion."""
    if isinstance(value, str):
        return None if any(0xD800 <= ord(char) <= 0xDFFF for char in value) else value
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return value


def main(corpora):
    here = os.path.dirname(os.path.abspath(__file__))
    for name, accepts in SETS.items():
        root = os.path.join(corpora, name)
        found = {}
        for folder, _, files in os.walk(root):
            for file in files:
                path = os.path.relpath(os.path.join(folder, file), root)
                if accepts(path) and "LICENSE" not in file:
                    with open(os.path.join(root, path), "rb") as handle:
                        found[path] = clean(describe(handle.read()))
        with open(os.path.join(here, f"{name}.json"), "w", encoding="utf-8") as out:
            lines = [f"{json.dumps(path)}:{json.dumps(found[path], ensure_ascii=True)}" for path in sorted(found)]
            out.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1])
