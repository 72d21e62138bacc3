/* Refuse system calls on files under a folder: the n-th of a kind, or every one from it on.

   Loaded by LD_PRELOAD. Nothing is refused until `faults_arm` is called, and nothing after
   `faults_disarm`; both are called through ctypes by the process itself. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[PATH_MAX], kind[32];
static long wanted, seen;
static struct { const char *call; long times; } counts[] = {
    {"open", 0}, {"read", 0}, {"write", 0}, {"fsync", 0}, {"close", 0}, {"stat", 0},
    {"rename", 0}, {"mkdir", 0}, {"unlink", 0}, {"ftruncate", 0}, {"scan", 0}, {"any", 0},
};
#define KINDS (sizeof counts / sizeof counts[0])
static int number, lasts;

void faults_arm(const char *under, const char *call, long place, int error, int from_there_on) {
    snprintf(folder, sizeof folder, "%s", under);
    snprintf(kind, sizeof kind, "%s", call);
    wanted = place;
    number = error;
    lasts = from_there_on;
    seen = 0;
    for (size_t each = 0; each < KINDS; each++) counts[each].times = 0;
}

void faults_disarm(void) { folder[0] = 0; }

/* Return how many calls of a kind there were since `faults_arm`. */
long faults_seen(const char *call) {
    for (size_t each = 0; each < KINDS; each++)
        if (!strcmp(call, counts[each].call)) return counts[each].times;
    return 0;
}

static int is_under(const char *path) {
    char here[PATH_MAX];
    if (!folder[0] || !path) return 0;
    if (path[0] != '/') path = getcwd(here, sizeof here);
    return path && !strncmp(path, folder, strlen(folder));
}

/* Return whether this call is refused; errno says why. `any` is every kind of call. */
static int refuses(const char *call, const char *path) {
    if (!folder[0] || !is_under(path)) return 0;
    for (size_t each = 0; each < KINDS; each++)
        if (!strcmp(call, counts[each].call) || each == KINDS - 1) counts[each].times++;
    if (strcmp(kind, call) && strcmp(kind, "any")) return 0;
    seen++;
    if (seen != wanted && !(lasts && seen > wanted)) return 0;
    errno = number;
    return 1;
}

static int refuses_handle(const char *call, int handle) {
    char name[64], path[PATH_MAX];
    ssize_t length;
    if (!folder[0]) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    length = readlink(name, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return refuses(call, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define BY_PATH(call, type, bad, name, path, parameters, arguments) \
    type name parameters {                                          \
        if (refuses(call, path)) return bad;                        \
        return REAL(name) arguments;                                \
    }

#define BY_HANDLE(call, name, type, parameters, arguments)          \
    type name parameters {                                          \
        if (refuses_handle(call, handle)) return -1;                \
        return REAL(name) arguments;                                \
    }

#define OPENS(name)                                                 \
    int name(const char *path, int flags, ...) {                    \
        mode_t mode = 0;                                            \
        if (flags & O_CREAT) {                                      \
            va_list rest;                                           \
            va_start(rest, flags);                                  \
            mode = va_arg(rest, mode_t);                            \
            va_end(rest);                                           \
        }                                                           \
        if (refuses("open", path)) return -1;                       \
        return REAL(name)(path, flags, mode);                       \
    }

OPENS(open)
OPENS(open64)

BY_PATH("stat", int, -1, stat, path, (const char *path, struct stat *found), (path, found))
BY_PATH("stat", int, -1, lstat, path, (const char *path, struct stat *found), (path, found))
BY_PATH("stat", int, -1, stat64, path, (const char *path, struct stat64 *found), (path, found))
BY_PATH("stat", int, -1, lstat64, path, (const char *path, struct stat64 *found), (path, found))
BY_PATH("stat", int, -1, fstatat64, path,
        (int at, const char *path, struct stat64 *found, int flags), (at, path, found, flags))
BY_PATH("stat", int, -1, fstatat, path,
        (int at, const char *path, struct stat *found, int flags), (at, path, found, flags))
BY_PATH("stat", int, -1, statx, path,
        (int at, const char *path, int flags, unsigned mask, struct statx *found),
        (at, path, flags, mask, found))
BY_PATH("mkdir", int, -1, mkdir, path, (const char *path, mode_t mode), (path, mode))
BY_PATH("unlink", int, -1, unlink, path, (const char *path), (path))
BY_PATH("rename", int, -1, rename, old, (const char *old, const char *new), (old, new))
BY_PATH("scan", DIR *, NULL, opendir, path, (const char *path), (path))

BY_HANDLE("stat", fstat, int, (int handle, struct stat *found), (handle, found))
BY_HANDLE("stat", fstat64, int, (int handle, struct stat64 *found), (handle, found))
BY_HANDLE("read", read, ssize_t, (int handle, void *into, size_t size), (handle, into, size))
BY_HANDLE("fsync", fsync, int, (int handle), (handle))
BY_HANDLE("fsync", fdatasync, int, (int handle), (handle))
BY_HANDLE("ftruncate", ftruncate, int, (int handle, off_t size), (handle, size))
BY_HANDLE("ftruncate", ftruncate64, int, (int handle, off64_t size), (handle, size))

/* A disk that fills up takes half of what is written before it refuses. */
ssize_t write(int handle, const void *from, size_t size) {
    if (refuses_handle("write", handle)) {
        if (number == ENOSPC && size > 1) REAL(write)(handle, from, size / 2);
        errno = number;
        return -1;
    }
    return REAL(write)(handle, from, size);
}

/* The handle is gone, whatever is said of it. */
int close(int handle) {
    if (refuses_handle("close", handle)) {
        REAL(close)(handle);
        errno = number;
        return -1;
    }
    return REAL(close)(handle);
}

struct dirent64 *readdir64(DIR *entries) {
    if (refuses_handle("scan", dirfd(entries))) return NULL;
    return REAL(readdir64)(entries);
}

struct dirent *readdir(DIR *entries) {
    if (refuses_handle("scan", dirfd(entries))) return NULL;
    return REAL(readdir)(entries);
}
