/* Loaded before the C library: forcing to the disk and writing fail by chance, on files whose name holds FAIL_FILE.
   FAIL_SYNC and FAIL_WRITE are chances in a thousand, FAIL_SEED the dice. libfiu does more where it is installed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long long dice;

static int unlucky(int fd, const char *chance) {
    const char *name = getenv("FAIL_FILE"), *per_mille = getenv(chance), *seed = getenv("FAIL_SEED");
    char link[64], path[4096];
    if (!name || !per_mille) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!strstr(path, name) || strstr(path, ".lock")) return 0;
    if (!dice) dice = 88172645463325252ULL ^ (seed ? strtoull(seed, NULL, 10) * 2654435761ULL : 0);
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (int)(dice % 1000) < atoi(per_mille);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

int fsync(int fd) {
    REAL(int, "fsync", int);
    if (unlucky(fd, "FAIL_SYNC")) { errno = EIO; return -1; }
    return real(fd);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    if (unlucky(fd, "FAIL_SYNC")) { errno = EIO; return -1; }
    return real(fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (unlucky(fd, "FAIL_WRITE")) {
        if (size > 8) real(fd, bytes, size / 2, at);   /* half of it did arrive */
        errno = EIO;
        return -1;
    }
    return real(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }
