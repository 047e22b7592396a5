#!/usr/bin/env python3
"""Writes the canonical mappings of the Unicode Character Database (UAX #15), as Python's unicodedata has them:

    Tools/unicode/make-compositions.py Sources/DatelineText/Tokenizing

- CanonicalCompositions.swift: which character and mark make which character. Those that NFC leaves apart are there too.
  Hangul syllables are composed by arithmetic and are not listed.
- CanonicalSingletons.swift: characters that are duplicates of another one.
"""
import os, sys, unicodedata

folder = sys.argv[1]
pairs, singletons = [], []
for code in range(0x110000):
    if 0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF:
        continue
    parts = unicodedata.decomposition(chr(code)).split()
    if len(parts) == 2 and not parts[0].startswith('<'):
        pairs.append((int(parts[0], 16), int(parts[1], 16), code))
    elif len(parts) == 1:
        target = unicodedata.normalize('NFC', chr(code))
        # Those that decompose further are left to the first step alone.
        singletons.append((code, ord(target) if len(target) == 1 else int(parts[0], 16)))
pairs.sort()
assert len({p[:2] for p in pairs}) == len(pairs)


def write(name, comment, declaration, rows, columns):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(f'// Made by Tools/unicode/make-compositions.py from Unicode {unicodedata.unidata_version}; do not edit.\n\n')
        file.write(f'/// {comment}\n{declaration} = [\n')
        for i in range(0, len(rows), columns):
            file.write('  ' + ' '.join('(' + ', '.join(f'0x{n:X}' for n in row) + '),' for row in rows[i:i + columns]) + '\n')
        file.write(']\n')


write('CanonicalCompositions.swift',
      'The canonical compositions of two characters (Unicode Standard Annex #15): base, mark, composite; sorted.',
      'let canonicalCompositions: [(base: UInt32, mark: UInt32, composite: UInt32)]', pairs, 4)
write('CanonicalSingletons.swift',
      'Characters that are canonically equivalent to a single other one (Unicode Standard Annex #15); sorted.',
      'let canonicalSingletons: [(duplicate: UInt32, character: UInt32)]', singletons, 6)
