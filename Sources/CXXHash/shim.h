// Header only: the functions are compiled into the module that calls them, so nothing is linked at run time.
#define XXH_INLINE_ALL
#include <xxhash.h>

// Inlining renames the functions by macros, which Swift does not see; hence names of our own.

static inline uint64_t dateline_xxh3_64(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }

static inline XXH128_hash_t dateline_xxh3_128(const void *bytes, size_t count) { return XXH3_128bits(bytes, count); }
