/* SPDX-License-Identifier: Apache-2.0
 *
 * The accept loop of one worker. SIGTERM is let in only while the worker waits for somebody to
 * come: libfcgi takes a read that a signal interrupted for the end of what is sent, so a request
 * that is still arriving would be answered as if it were cut off. libfcgi sets its own handlers for
 * SIGTERM and SIGPIPE in FCGX_Init; ours come after it. */
#include "server.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "answer.h"
#include "base/log.h"

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal)
{
	(void)signal;
	is_stopping = 1;
}

static const char *variable(void *data, const char *name)
{
	FCGX_Request *fcgx = data;

	return FCGX_GetParam(name, fcgx->envp);
}

static size_t read_body(void *data, void *bytes, size_t n)
{
	FCGX_Request *fcgx = data;
	int got = FCGX_GetStr(bytes, n > 1 << 20 ? 1 << 20 : (int)n, fcgx->in);

	return got > 0 ? (size_t)got : 0;
}

static bool write_reply(void *data, const void *bytes, size_t n)
{
	FCGX_Request *fcgx = data;

	return n == 0 || FCGX_PutStr(bytes, (int)n, fcgx->out) >= 0;
}

static void catch_signals(void)
{
	struct sigaction stop = { .sa_handler = on_stop }, ignore = { .sa_handler = SIG_IGN };
	sigset_t none, held;

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &ignore, NULL);  /* Ctrl-C reaches the whole group; the supervisor decides */
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGXFSZ, &ignore, NULL); /* a file may not grow: said like a full disk */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	sigemptyset(&held);
	sigaddset(&held, SIGTERM);
	sigprocmask(SIG_BLOCK, &held, NULL);
}

/* Of several workers that wait one is woken; another may still be quicker, so accept(2) must not block. */
static int watch(int listening_fd)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	int fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0 || fcntl(listening_fd, F_SETFL, fcntl(listening_fd, F_GETFL) | O_NONBLOCK) != 0 ||
	    epoll_ctl(fd, EPOLL_CTL_ADD, listening_fd, &event) != 0)
		BUG("the socket cannot be watched: errno %d", errno);
	return fd;
}

/* Waits until somebody may have come; false when it is time to stop. */
static bool wait_for_request(int watching_fd)
{
	struct epoll_event event;
	sigset_t none;

	sigemptyset(&none);
	while (!is_stopping && epoll_pwait(watching_fd, &event, 1, -1, &none) < 0 && errno == EINTR)
		;
	return !is_stopping;
}

void server_work(const struct site *site, int listening_fd)
{
	static struct worker worker;
	FCGX_Request fcgx;
	struct exchange x = { variable, read_body, write_reply, &fcgx };
	int watching_fd = watch(listening_fd);

	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgx, listening_fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		BUG("libfcgi does not start");
	catch_signals();
	worker_init(&worker, site);
	while (wait_for_request(watching_fd)) {
		if (FCGX_Accept_r(&fcgx) < 0)
			continue;
		answer(&worker, &x);
		FCGX_Finish_r(&fcgx);
	}
	worker_clear(&worker);
	close(watching_fd);
}
