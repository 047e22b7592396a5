// How glibc's heap behaves, which Swift's module of the C library leaves out.
#include <malloc.h>
