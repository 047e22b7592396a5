#include "gazetteer.h"

// Part of C23, and understood by every compiler that comes with Swift 6.2 or newer.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char table[] = {
#embed "gazetteer.tsv"
};

const unsigned char *dateline_gazetteer(void) { return table; }
size_t dateline_gazetteer_size(void) { return sizeof table; }
