"""What other programs read in the files of tika-attachments: distinct words, a sample of each file's.

  python3 describe.py DIR > words.json

Needs poppler-utils, antiword, catdoc, unrtf, odt2txt, python3-docx, python3-openpyxl. The result is kept in the
repository, so that the test needs none of them.
"""
import json, os, re, subprocess, sys

SAMPLE = 120


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, timeout=30)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode('utf-8', 'replace') if done.returncode == 0 else None


def docx(path):
    import docx as library
    document = library.Document(path)
    texts = [p.text for p in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            texts += [cell.text for cell in row.cells]
    return '\n'.join(texts)


def xlsx(path):
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    return '\n'.join(str(v) for s in book.worksheets for row in s.iter_rows(values_only=True) for v in row if isinstance(v, str))


def rtf(path):
    text = run('unrtf', '--text', path)
    return None if text is None else re.sub(r'(?m)^###.*$', '', text)


ORACLES = {
    'pdf': ('pdftotext', lambda p: run('pdftotext', '-enc', 'UTF-8', p, '-')),
    'doc': ('antiword', lambda p: run('antiword', '-m', 'UTF-8.txt', p)),
    'xls': ('xls2csv', lambda p: run('xls2csv', '-d', 'utf-8', p)),
    'ppt': ('catppt', lambda p: run('catppt', '-d', 'utf-8', p)),
    'rtf': ('unrtf', rtf),
    'odt': ('odt2txt', lambda p: run('odt2txt', '--encoding=UTF-8', p)),
    'ods': ('odt2txt', lambda p: run('odt2txt', '--encoding=UTF-8', p)),
    'odp': ('odt2txt', lambda p: run('odt2txt', '--encoding=UTF-8', p)),
    'docx': ('python-docx', docx),
    'docm': ('python-docx', docx),
    'xlsx': ('openpyxl', xlsx),
    'xlsm': ('openpyxl', xlsx),
}


def main(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        oracle = ORACLES.get(name.rsplit('.', 1)[-1].lower())
        if oracle is None:
            continue
        try:
            text = oracle[1](os.path.join(folder, name))
        except Exception:
            text = None
        if text is None:
            continue
        words = sorted({w.lower() for w in re.findall(r'[^\W\d_]{3,}', text)})
        step = max(1, len(words) // SAMPLE)
        if words:
            found[name] = {'oracle': oracle[0], 'words': words[::step][:SAMPLE]}
    json.dump(found, sys.stdout, ensure_ascii=False, indent=0)


main(sys.argv[1])
