/* SPDX-License-Identifier: Apache-2.0
 *
 * The accept loop of one worker. libfcgi sets its own handlers for SIGTERM and SIGPIPE in
 * FCGX_Init; ours come after it. There is a window between its test of the flag and
 * accept(2): the supervisor repeats SIGTERM until the worker is gone (stack.md section 2.4). */
#include "server.h"

#include <fcgiapp.h>
#include <signal.h>

#include "answer.h"
#include "base/log.h"

static volatile sig_atomic_t is_stopping;

static void on_stop(int signal)
{
	(void)signal;
	is_stopping = 1;
	FCGX_ShutdownPending();
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
	sigset_t none;

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &ignore, NULL);  /* Ctrl-C reaches the whole group; the supervisor decides */
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void server_work(const struct site *site, int listening_fd)
{
	static struct worker worker;
	FCGX_Request fcgx;
	struct exchange x = { variable, read_body, write_reply, &fcgx };

	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgx, listening_fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		BUG("libfcgi does not start");
	catch_signals();
	worker_init(&worker, site);
	while (!is_stopping && FCGX_Accept_r(&fcgx) >= 0) {
		answer(&worker, &x);
		FCGX_Finish_r(&fcgx);
	}
	worker_clear(&worker);
}
