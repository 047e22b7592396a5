// Functions of glibc that are declared only for who asks for GNU's extensions, as Swift's module does not.
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

extern ssize_t process_vm_readv(
    pid_t process, const struct iovec *local, unsigned long localCount, const struct iovec *remote,
    unsigned long remoteCount, unsigned long flags);

extern int dladdr(const void *address, void *info);

// Whether an address lies in the program or in a shared object that is loaded.
static inline int dateline_is_loaded(const void *address) {
  struct {
    const char *file;
    void *base;
    const char *symbol;
    void *start;
  } info;
  return dladdr(address, &info) != 0;
}

// Copies memory of this process as if it were another's: an address that is wrong makes the call fail, and no signal.
static inline ssize_t dateline_copy_memory(const void *source, void *target, size_t count) {
  struct iovec local = {target, count};
  struct iovec remote = {(void *)source, count};
  return process_vm_readv(getpid(), &local, 1, &remote, 1, 0);
}
