#define _GNU_SOURCE
#include <cblas.h>
#include <dlfcn.h>

// The calls of a BLAS that is opened when it is first needed.
typedef struct {
  __typeof__(cblas_ddot) *dot;
  __typeof__(cblas_daxpy) *axpy;
  __typeof__(cblas_dscal) *scale;
  __typeof__(cblas_dnrm2) *norm;
  __typeof__(cblas_dgemv) *gemv;
  __typeof__(cblas_dgemm) *gemm;
} dateline_blas_calls;

// Looks the calls up in a shared object; tells whether all of them are there.
static inline _Bool dateline_blas_find(void *library, dateline_blas_calls *calls) {
  calls->dot = (__typeof__(calls->dot))dlsym(library, "cblas_ddot");
  calls->axpy = (__typeof__(calls->axpy))dlsym(library, "cblas_daxpy");
  calls->scale = (__typeof__(calls->scale))dlsym(library, "cblas_dscal");
  calls->norm = (__typeof__(calls->norm))dlsym(library, "cblas_dnrm2");
  calls->gemv = (__typeof__(calls->gemv))dlsym(library, "cblas_dgemv");
  calls->gemm = (__typeof__(calls->gemm))dlsym(library, "cblas_dgemm");
  return calls->dot && calls->axpy && calls->scale && calls->norm && calls->gemv && calls->gemm;
}

// The path of the shared object that answers the calls, or NULL.
static inline const char *dateline_blas_path(const dateline_blas_calls *calls) {
  Dl_info info;
  return dladdr((void *)calls->dot, &info) != 0 ? info.dli_fname : (const char *)0;
}
