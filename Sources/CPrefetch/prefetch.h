// One instruction that Swift has no name for.

// Asks for the cache line of an address, which may be any, and does not wait for it.
static inline void dateline_prefetch(const void *address) { __builtin_prefetch(address); }
