#!/usr/bin/env python3
"""Writes Sources/DatelineText/Tokenizing/CanonicalCompositions.swift: which letter and mark make which letter.

    Tools/unicode/make-compositions.py > Sources/DatelineText/Tokenizing/CanonicalCompositions.swift

The pairs are the primary composites of the Unicode Character Database (UAX #15), as Python's unicodedata has them.
Hangul syllables are composed by arithmetic and are not listed.
"""
import sys, unicodedata

pairs = []
for code in range(0x110000):
    if 0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF:
        continue
    parts = unicodedata.decomposition(chr(code)).split()
    if len(parts) == 2 and not parts[0].startswith('<') and unicodedata.normalize('NFC', chr(code)) == chr(code):
        pairs.append((int(parts[0], 16), int(parts[1], 16), code))
pairs.sort()

out = sys.stdout.write
out(f"""// Made by Tools/unicode/make-compositions.py from Unicode {unicodedata.unidata_version}; do not edit.

/// The canonical compositions of two characters (Unicode Standard Annex #15): base, mark, composite; sorted.
let canonicalCompositions: [(base: UInt32, mark: UInt32, composite: UInt32)] = [
""")
for i in range(0, len(pairs), 3):
    out('  ' + ' '.join(f'(0x{b:X}, 0x{m:X}, 0x{c:X}),' for b, m, c in pairs[i:i + 3]) + '\n')
out(']\n')
