"""Makes text.woff2 and head.woff2 from @fontsource-variable/newsreader.

Usage: python3 make.py <node_modules/@fontsource-variable/newsreader/files>

Each cut of the variable font is pinned (text: size 18, weight 400; head: size
40, weight 560), reduced to the letters a Turkish or Western European newspaper
prints, and the two ranges in which the package delivers it are put together,
so that a g and a ğ come from one file and kern alike.
"""

import sys
from fontTools.merge import Merger, Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WESTERN = (
    " !\"#%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_"
    "abcdefghijklmnopqrstuvwxyz|\u00a0«»°·§"
    "ÀÁÂÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜÆßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿıŒœ"
    "–—‘’‚“”„…€"
)
TURKISH = "ĞğİŞş₺"
ALIKE = {"ğ": "g", "Ğ": "G", "ş": "s", "Ş": "S", "İ": "I"}


def cut(path, letters, axes):
    font = instantiateVariableFont(TTFont(path), axes)
    options = Options()
    options.layout_features = ["kern", "liga", "mark", "ccmp", "locl", "lnum", "pnum", "tnum"]
    options.hinting = False
    options.desubroutinize = True
    options.drop_tables += ["STAT", "MVAR", "HVAR", "avar", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    return font


def kern_alike(font):
    """Puts ğ, ş … into the kerning classes of g, s …"""
    cmap = font.getBestCmap()
    pairs = [(cmap[ord(a)], cmap[ord(b)]) for a, b in ALIKE.items()]
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == 2 and table.Format == 2:
                for new, old in pairs:
                    if old in table.Coverage.glyphs and new not in table.Coverage.glyphs:
                        table.Coverage.glyphs.append(new)
                    for classes in (table.ClassDef1.classDefs, table.ClassDef2.classDefs):
                        if old in classes:
                            classes.setdefault(new, classes[old])
                table.Coverage.glyphs.sort(key=font.getGlyphID)


def make(folder, name, axes):
    parts = []
    for part, letters in (("latin", WESTERN), ("latin-ext", TURKISH)):
        font = cut(f"{folder}/newsreader-{part}-opsz-normal.woff2", letters, axes)
        font.flavor = None
        font.save(f"/tmp/newsreader-{name}-{part}.ttf")
        parts.append(f"/tmp/newsreader-{name}-{part}.ttf")
    options = MergeOptions()
    merged = Merger(options).merge(parts)
    kern_alike(merged)
    missing = [c for c in WESTERN + TURKISH if ord(c) not in merged.getBestCmap()]
    assert not missing, missing
    merged.flavor = "woff2"
    merged.save(f"{name}.woff2")


make(sys.argv[1], "text", {"opsz": 18, "wght": 400})
make(sys.argv[1], "head", {"opsz": 40, "wght": 560})
