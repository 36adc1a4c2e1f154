/* SPDX-License-Identifier: Apache-2.0
 *
 * The supervisor: opens the socket, forks the workers and one housekeeper, replaces the
 * dead (slower when they die young), ends them at SIGTERM, replaces all at SIGHUP. It opens
 * no database: connections belong to the processes that were forked. */
#include "supervisor.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "housekeeping.h"
#include "server.h"

#define LEAVING_STEPS 40   /* of 50 ms */
#define BACKLOG 512        /* a full backlog of a unix socket is an instant 502 */
#define WORKERS_MAX 64
#define GRACE_MS 10000     /* for the request in hand, then SIGKILL */
#define YOUNG_MS 1000      /* who dies before this age died at start */
#define BACK_OFF_MAX_MS 5000

struct child {
	pid_t pid;              /* 0: to be started */
	int64_t started_ms, start_at_ms;
	int back_off_ms;
};

struct supervisor {
	const struct site *site;
	int fd;
	int n;                  /* workers, and the housekeeper as the last child when there is one */
	bool has_housekeeper;
	struct child child[WORKERS_MAX + 1];
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(enum log_level level, const char *event, long number)
{
	char text[24];

	snprintf(text, sizeof text, "%ld", number);
	log_event(level, event, "number", text, NULL);
}

/* Is somebody answering there already? */
static bool answers_here(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool taken = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;

	if (fd >= 0)
		close(fd);
	return taken;
}

/* The workers of a program that was killed go with it, but not in the same moment. */
static bool is_taken(const struct sockaddr_un *address)
{
	struct timespec step = { .tv_nsec = 50 * 1000 * 1000 };

	for (int i = 0; i < LEAVING_STEPS; i++) {
		if (!answers_here(address))
			return false;
		nanosleep(&step, NULL);
	}
	return true;
}

static int socket_problem(const char *path, const char *what, int errnum)
{
	log_event(LOG_LEVEL_ERROR, "socket", "path", path, "what", what, "error", errnum ? strerror(errnum) : "", NULL);
	return -1;
}

static void give_to_group(const char *path, const char *name)
{
	struct group *group = name ? getgrnam(name) : NULL;

	if (name && (!group || chown(path, (uid_t)-1, group->gr_gid) != 0))
		log_event(LOG_LEVEL_WARNING, "socket_group", "path", path, "group", name, NULL);
}

/* The listening socket, mode 0660; -1 after saying why not. */
static int open_socket(const struct supervisor_options *options)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *path = options->socket_path;
	mode_t before;
	int fd;

	if (strlen(path) >= sizeof address.sun_path)
		return socket_problem(path, "the path is longer than a unix socket's may be (107 bytes); set COMPASS_VAR to a shorter one", 0);
	strcpy(address.sun_path, path);
	if (is_taken(&address))
		return socket_problem(path, "another program answers here already", 0);
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	before = umask(0117);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0) {
		umask(before);
		return socket_problem(path, "cannot listen", errno);
	}
	umask(before);
	give_to_group(path, options->group);
	return fd;
}

/* In the child: never returns. */
static void child_main(struct supervisor *s, bool is_housekeeper, pid_t parent)
{
	/* a supervisor killed by -9 leaves no orphans */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	if (is_housekeeper)
		housekeeping_run();
	else
		server_work(s->site, s->fd);
	exit(0);
}

static void start_child(struct supervisor *s, int i)
{
	struct child *child = &s->child[i];
	pid_t parent = getpid(), pid = fork();

	if (pid == 0)
		child_main(s, s->has_housekeeper && i == s->n - 1, parent);
	child->started_ms = now_ms();
	child->pid = pid > 0 ? pid : 0;
	if (pid < 0) {
		child->start_at_ms = child->started_ms + BACK_OFF_MAX_MS;
		say(LOG_LEVEL_ERROR, "fork_failed", errno);
	}
}

/* Starts who is due; how long until the next is, at most a second. */
static int64_t start_due(struct supervisor *s)
{
	int64_t now = now_ms(), wait = 1000;

	for (int i = 0; i < s->n; i++) {
		if (s->child[i].pid)
			continue;
		if (s->child[i].start_at_ms <= now)
			start_child(s, i);
		else if (s->child[i].start_at_ms - now < wait)
			wait = s->child[i].start_at_ms - now;
	}
	return wait;
}

static void note_death(struct child *child, int status)
{
	int64_t age_ms = now_ms() - child->started_ms;
	char why[60];

	if (WIFSIGNALED(status))
		snprintf(why, sizeof why, "signal %d", WTERMSIG(status));
	else
		snprintf(why, sizeof why, "exit status %d", WEXITSTATUS(status));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		log_event(LOG_LEVEL_ERROR, "worker_died", "why", why, NULL);
	if (age_ms >= YOUNG_MS)
		child->back_off_ms = 0;
	else
		child->back_off_ms = child->back_off_ms ? child->back_off_ms * 2 : 100;
	if (child->back_off_ms > BACK_OFF_MAX_MS)
		child->back_off_ms = BACK_OFF_MAX_MS;
	child->pid = 0;
	child->start_at_ms = now_ms() + child->back_off_ms;
}

static void reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < s->n; i++)
			if (s->child[i].pid == pid)
				note_death(&s->child[i], status);
}

static int signal_all(struct supervisor *s, int signal)
{
	int alive = 0;

	for (int i = 0; i < s->n; i++)
		if (s->child[i].pid) {
			kill(s->child[i].pid, signal);
			alive++;
		}
	return alive;
}

/* SIGTERM again and again, because libfcgi can miss one; SIGKILL after the grace. */
static void stop_all(struct supervisor *s)
{
	int64_t deadline = now_ms() + GRACE_MS;
	struct timespec step = { .tv_nsec = 20 * 1000 * 1000 };

	while (signal_all(s, now_ms() < deadline ? SIGTERM : SIGKILL)) {
		nanosleep(&step, NULL);
		reap(s);
	}
}

static void wait_for(const sigset_t *signals, int64_t ms, int *signal)
{
	struct timespec wait = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	*signal = sigtimedwait(signals, NULL, &wait);
}

static int supervise(struct supervisor *s)
{
	sigset_t signals;
	int signal = 0;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	while (signal != SIGTERM && signal != SIGINT) {
		wait_for(&signals, start_due(s), &signal);
		reap(s);
		/* new workers read everything again; each finishes its request first */
		if (signal == SIGHUP)
			say(LOG_LEVEL_INFO, "reload", signal_all(s, SIGTERM));
	}
	stop_all(s);
	return 0;
}

static int worker_count(int wanted)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long n = wanted > 0 ? wanted : processors * 2;

	return (int)(n < (wanted > 0 ? 1 : 2) ? 2 : n > WORKERS_MAX ? WORKERS_MAX : n);
}

int supervisor_run(const struct site *site, const struct supervisor_options *options)
{
	static struct supervisor s;
	int status;

	s.site = site;
	s.has_housekeeper = options->does_housekeeping;
	s.n = worker_count(options->n_workers) + s.has_housekeeper;
	s.fd = open_socket(options);
	if (s.fd < 0)
		return 1;
	say(LOG_LEVEL_INFO, "start", s.n - s.has_housekeeper);
	status = supervise(&s);
	unlink(options->socket_path);
	log_event(LOG_LEVEL_INFO, "stop", NULL);
	return status;
}
