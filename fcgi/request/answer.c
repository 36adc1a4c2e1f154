/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of a request: begin, gate, handler, end of the transaction, send, log line.
 * When the arena's cap is reached, control comes back here and answers 413. */
#include "answer.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "country/words.h"
#include "error_page.h"
#include "gate.h"
#include "hold.h"
#include "reply.h"
#include "session_use.h"

static void begin(struct worker *worker)
{
	struct request *r = &worker->request;

	arena_clear(worker->arena);
	buf_clear(&worker->body);
	buf_clear(&worker->headers);
	for (size_t i = 0; i < worker->n_open; i++)
		db_cost_clear(worker->open[i]->db);
	*r = (struct request){
		.arena = worker->arena, .site = worker->site, .worker = worker, .path = "/", .query = "", .cookies = "", .host = "",
		.remote = "", .user_agent = "", .language = "en", .theme = "auto", .method = METHOD_GET, .status = 200,
		.content_type = "text/html; charset=utf-8", .body = &worker->body, .headers = &worker->headers,
	};
	r->view = view_new(r->arena);
	session_nobody(r);
	words_use(NULL, "en");
}

/* Ends what is open. A POST's own transactions are closed by the model; a failed one is undone. */
static void end_transaction(struct request *r, enum err err)
{
	worker_end_read(r->worker);
	if (!r->instance)
		return;
	db_rollback(r->instance->db);
	db_read_only(r->instance->db, false);
	session_prolong(r);
	if (r->method == METHOD_POST && !err && r->status < 400)
		hold_forget(r);
}

static void work(struct worker *worker, const struct exchange *x, const char **reference)
{
	struct request *r = &worker->request;
	bool is_answered;
	enum err err = gate_pass(r, x, &is_answered);

	if (!err && !is_answered)
		err = (err = r->route->handler(r)) ? err : gate_shown(r);
	end_transaction(r, err);
	if (!err && r->headers->full)
		err = fail(&r->why, ERR_INTERNAL, "headers are too long");
	if (err)
		error_page(r, err, reference);
}

/* The arena's cap was reached somewhere below: nothing of the request is left but its refusal. */
static void recover(struct worker *worker, const char **reference)
{
	arena_set_escape(worker->arena, NULL);
	for (size_t i = 0; i < worker->n_open; i++)
		db_recover(worker->open[i]->db);
	begin(worker);
	fail(&worker->request.why, ERR_TOO_LARGE, "the request needs more memory than it may have");
	error_page(&worker->request, ERR_TOO_LARGE, reference);
}

static void log_request(const struct request *r, const struct timespec *start, const char *reference)
{
	struct timespec end;
	char status[16], ms[32], statements[16] = "0", steps[24] = "0";

	clock_gettime(CLOCK_MONOTONIC, &end);
	if (r->instance && r->instance->db) {
		struct db_cost cost = db_cost(r->instance->db);
		snprintf(statements, sizeof statements, "%u", cost.statements);
		snprintf(steps, sizeof steps, "%" PRIu64, cost.steps);
	}
	snprintf(status, sizeof status, "%d", r->status);
	snprintf(ms, sizeof ms, "%.3f", (double)(end.tv_sec - start->tv_sec) * 1e3 + (double)(end.tv_nsec - start->tv_nsec) / 1e6);
	log_event(LOG_LEVEL_INFO, "request", "method", r->is_head ? "HEAD" : r->method == METHOD_POST ? "POST" : "GET",
	          "route", r->route ? r->route->path : "-", "status", status, "ms", ms,
	          "instance", r->instance ? r->instance->name : "", "user", r->actor.username, "reference", reference,
	          "statements", statements, "steps", steps, NULL);
}

void answer(struct worker *worker, const struct exchange *x)
{
	struct timespec start;
	const char *reference = "";

	clock_gettime(CLOCK_MONOTONIC, &start);
	arena_set_escape(worker->arena, NULL);
	begin(worker);
	if (setjmp(worker->escape) == 0) {
		arena_set_escape(worker->arena, &worker->escape);
		work(worker, x, &reference);
	} else {
		reference = "";
		recover(worker, &reference);
	}
	reply_send(&worker->request, x);
	log_request(&worker->request, &start, reference);
}
