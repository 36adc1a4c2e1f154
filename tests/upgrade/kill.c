/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded before a program under test: kills it by SIGKILL before its KILL_AT-th call that changes
 * files (counted from 1), so that a power cut can be tried at every step. With KILL_COUNT=FILE it only
 * counts, and writes the number there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long count;

static void step(void)
{
	const char *at = getenv("KILL_AT");
	if (at && ++count == atol(at))
		raise(SIGKILL);
	else if (!at)
		count++;
}

__attribute__((destructor)) static void report(void)
{
	const char *name = getenv("KILL_COUNT");
	FILE *file = name ? fopen(name, "w") : NULL;
	if (file) {
		fprintf(file, "%ld\n", count);
		fclose(file);
	}
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) { REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t); step(); return real(fd, bytes, n, at); }
int fsync(int fd) { REAL(int, fsync, int); step(); return real(fd); }
int fdatasync(int fd) { REAL(int, fdatasync, int); step(); return real(fd); }
int syncfs(int fd) { REAL(int, syncfs, int); step(); return real(fd); }
int rename(const char *a, const char *b) { REAL(int, rename, const char *, const char *); step(); return real(a, b); }
int unlink(const char *name) { REAL(int, unlink, const char *); step(); return real(name); }
int mkdir(const char *name, mode_t mode) { REAL(int, mkdir, const char *, mode_t); step(); return real(name, mode); }
int ftruncate64(int fd, off64_t n) { REAL(int, ftruncate64, int, off64_t); step(); return real(fd, n); }
