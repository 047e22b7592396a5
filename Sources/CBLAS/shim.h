#define _GNU_SOURCE
#include <cblas.h>
#include <dlfcn.h>

/// The path of the shared object that answers the CBLAS calls, or NULL.
static inline const char *dateline_blas_path(void) {
  Dl_info info;
  return dladdr((void *)&cblas_ddot, &info) != 0 ? info.dli_fname : (const char *)0;
}
