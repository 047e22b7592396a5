#!/usr/bin/env python3
"""Writes the words of tone as Swift:

    Tools/sentiment/make-lexicon.py SITE-PACKAGES/vaderSentiment Sources/DatelineSentiment/Lexicon

Valences, negations and degree adverbs are those of VADER (C.J. Hutto & E.E. Gilbert, "VADER: A Parsimonious Rule-based
Model for Sentiment Analysis of Social Media Text", ICWSM 2014; MIT licence, version 3.3.2 of the package vaderSentiment).
Words of more than letters and apostrophes are left out: emoticons, phrases, and words with hyphens, which the scanner
cuts at. The words of movement below are our own.
"""
import os, re, sys

RISE = """advance advanced advances advancing beat beats boost boosted boosts bullish climb climbed climbing climbs
double doubled expand expanded expands expansion gain gained gaining gains grew grow growing grown grows growth high
higher highest improve improved improvement improves improving increase increased increases increasing jump jumped
jumping jumps outperform outperformed outperforms profit profitable profits rallied rallies rally rallying rebound
rebounded rebounds record recover recovered recovers recovery rise risen rises rising rose soar soared soaring soars
strengthen strengthened strengthens surge surged surges surging tripled up upbeat upgrade upgraded upgrades upside win
wins won"""
FALL = """bearish crash crashed crashes crashing cut cuts cutting decline declined declines declining decrease decreased
decreases decreasing deficit dip dipped dipping dips down downbeat downgrade downgraded downgrades downside drop dropped
dropping drops fall fallen falling falls fell halve halved layoff layoffs lose loses losing loss losses lost low lower
lowest miss missed misses plunge plunged plunges plunging sank shed sheds shrank shrink shrinking shrinks sink sinks
slash slashed slashes slid slide slides sliding slip slipped slipping slips slump slumped slumping slumps sunk tank
tanked tanks tumble tumbled tumbles tumbling underperform underperformed underperforms weak weaken weakened weakens
weaker worsen worsened worsens"""

source, folder = sys.argv[1:]
plain = re.compile(r"[a-z]+(?:'[a-z]+)*").fullmatch
values = {}
with open(os.path.join(source, 'vader_lexicon.txt'), encoding='utf-8') as file:
    for line in file:
        fields = line.rstrip('\n').split('\t')
        if len(fields) > 1 and len(fields[0]) > 1 and plain(fields[0]):
            values[fields[0]] = round(float(fields[1]) * 10)
names = {}
with open(os.path.join(source, 'vaderSentiment.py'), encoding='utf-8') as file:
    text = file.read()
exec(text[text.index('B_INCR ='):text.index('# check for sentiment laden')], names)
negations = {word for word in names['NEGATE'] if plain(word)} | {'no'}
degrees = {word: value for word, value in names['BOOSTER_DICT'].items() if plain(word)}
for word in negations | set(degrees):
    values.pop(word, None)

lines = []
for value in sorted(set(values.values())):
    lines.append((str(value), sorted(word for word, other in values.items() if other == value)))
lines.append(('not', sorted(negations)))
lines.append(('more', sorted(word for word, value in degrees.items() if value > 0)))
lines.append(('less', sorted(word for word, value in degrees.items() if value < 0)))
lines.append(('but', ['but']))
lines.append(('rise', RISE.split()))
lines.append(('fall', FALL.split()))

with open(os.path.join(folder, 'ToneWords.swift'), 'w') as file:
    file.write('''// Made by Tools/sentiment/make-lexicon.py from version 3.3.2 of vaderSentiment; do not edit.

/// The words of tone, a line each for those of one kind. First comes the kind: a valence in tenths (VADER's, Hutto &
/// Gilbert 2014, MIT licence), `not` for negations, `more` and `less` for degree adverbs, `but`, and `rise` and `fall` for
/// words of movement. A `\\` continues a line.
let toneWords: StaticString = """
''')
    for kind, words in lines:
        line = '  ' + kind
        for word in words:
            if len(line) + len(word) > 115:
                file.write(line + ' \\\n')
                line = '   '
            line += ' ' + word
        file.write(line + '\n')
    file.write('  """\n')
