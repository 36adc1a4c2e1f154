/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps instances open between requests: opening one costs a bundle load and a
 * connection, a hundred times a page. */
#include "worker.h"

#include <string.h>

#include "base/log.h"

#define ARENA_BYTES (64u << 20)     /* an upload, its copy and the page */
#define BODY_BYTES (32u << 20)
#define HEADER_BYTES (32u << 10)

void worker_init(struct worker *worker, const struct site *site)
{
	memset(worker, 0, sizeof *worker);
	worker->site = site;
	worker->arena = arena_new(ARENA_BYTES);
	buf_init(&worker->body, BODY_BYTES);
	buf_init(&worker->headers, HEADER_BYTES);
}

void worker_clear(struct worker *worker)
{
	for (size_t i = 0; i < worker->n_open; i++)
		instance_close(worker->open[i]);
	worker->n_open = 0;
	buf_free(&worker->body);
	buf_free(&worker->headers);
	arena_free(worker->arena);
}

static void drop(struct worker *worker, size_t i)
{
	instance_close(worker->open[i]);
	memmove(&worker->open[i], &worker->open[i + 1], (--worker->n_open - i) * sizeof *worker->open);
}

static void put_first(struct worker *worker, size_t i)
{
	struct instance *instance = worker->open[i];

	memmove(&worker->open[1], &worker->open[0], i * sizeof *worker->open);
	worker->open[0] = instance;
}

static enum err open_instance(struct worker *worker, const char *name, struct why *why)
{
	struct instance *instance;
	enum err err = instance_open(&instance, name, worker->site->program, why);

	if (err)
		return err;
	if (worker->db_path) {
		db_close(instance->db);
		instance->db = NULL;
		if ((err = db_open(&instance->db, worker->db_path, worker->site->program, why))) {
			instance_close(instance);
			return err;
		}
	}
	if (worker->n_open == INSTANCES_OPEN)
		drop(worker, INSTANCES_OPEN - 1);
	worker->open[worker->n_open++] = instance;
	return OK;
}

/* Of another file than the instance's own nothing is refreshed. */
static enum err read_on(struct instance *instance, struct why *why)
{
	return db_is_reading(instance->db) ? OK : db_begin_read(instance->db, why);
}

enum err worker_instance(struct worker *worker, const char *name, struct instance **instance, struct why *why)
{
	enum err err;
	size_t i;

	if (!instance_name_is_valid(name))
		return fail(why, ERR_NOT_FOUND, "no instance can have that name");
	for (i = 0; i < worker->n_open; i++)
		if (strcmp(worker->open[i]->name, name) == 0)
			break;
	if (i == worker->n_open) {
		if ((err = open_instance(worker, name, why)))
			return err;
		i = worker->n_open - 1;
	}
	put_first(worker, i);
	err = worker->db_path ? read_on(worker->open[0], why) : instance_refresh(worker->open[0], why);
	if (err) {
		drop(worker, 0);
		return err;
	}
	*instance = worker->open[0];
	return OK;
}

void worker_end_read(struct worker *worker)
{
	for (size_t i = 0; i < worker->n_open; i++)
		db_end_read(worker->open[i]->db);
}

enum err request_instance(struct request *r, const char *name, struct instance **instance)
{
	struct why why = { 0 };
	enum err err;

	/* the page goes on without an instance that does not open, so its failure is not the request's */
	if ((err = worker_instance(r->worker, name, instance, &why)) && err != ERR_NOT_FOUND)
		log_failure(&why, "open instance");
	return err;
}
