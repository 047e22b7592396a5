// The gazetteer that Tools/build-gazetteer makes, as it is in gazetteer.tsv: it is part of the program, so that nothing
// has to be found at run time.
#pragma once
#include <stddef.h>

/// The table, UTF-8, in lines; it is never written to.
const unsigned char *dateline_gazetteer(void);
/// How many bytes it has.
size_t dateline_gazetteer_size(void);
