"""Second opinion on the sample by Python's standard library: texts, file names and attachments of each message.

Reads .eml files named on standard input, one a line; prints one JSON object a line.
"""
import email
import email.policy
import io
import json
import sys
import zipfile
import zlib


def attachment_problem(kind, data):
    if kind == "application/pdf":
        table = int(data[data.rindex(b"startxref") + 9:].split()[0])
        return "" if data[table:table + 4] == b"xref" else "pdf: no cross-reference table"
    if kind == "application/zip" or "openxmlformats" in kind:
        return zipfile.ZipFile(io.BytesIO(data)).testzip() or ""
    if kind == "image/png":
        at, pixels = 8, b""
        while at < len(data):
            size = int.from_bytes(data[at:at + 4], "big")
            body = data[at + 4:at + 8 + size]
            if zlib.crc32(body) != int.from_bytes(data[at + 8 + size:at + 12 + size], "big"):
                return "png: checksum"
            pixels += body[4:] if body[:4] == b"IDAT" else b""
            at += 12 + size
        return "" if zlib.decompress(pixels) else "png: empty"
    return ""


def describe(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    found = {"texts": [str(message["subject"]), str(message["from"])], "files": [], "types": [], "problems": []}
    found["defects"] = sorted({type(defect).__name__ for part in message.walk() for defect in part.defects})
    for part in message.walk():
        found["types"].append(part.get_content_type())
        if part.get_content_maintype() == "text":
            found["texts"].append(part.get_content())
        name = part.get_filename()
        if name:
            found["files"].append(name)
            data = part.get_payload(decode=True)
            try:
                problem = attachment_problem(part.get_content_type(), data) if data else ""
            except (ValueError, zipfile.BadZipFile, zlib.error) as error:
                problem = str(error)
            if problem:
                found["problems"].append(name + ": " + problem)
    return found


for line in sys.stdin:
    with open(line.rstrip("\n"), "rb") as file:
        print(json.dumps(describe(file.read())))
