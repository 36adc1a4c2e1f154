/* SPDX-License-Identifier: Apache-2.0
 *
 * What `make bench` measures us against: the least that a C program on the same stack can
 * do. It shares no code with the product.
 *
 *   floor make DB CASES          a database of cases with 30 child rows each
 *   floor plain DB SOCKET        FastCGI: one case and its 30 rows, 20 kB printed, 4 workers
 *   floor clearsilver DB SOCKET TEMPLATE   the same page through ClearSilver
 *   floor insert DB ROWS WRITERS SECONDS   durable inserts of ROWS rows a transaction; prints rate and p99 in µs */
#include <cs/cs.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN 30
#define WORKERS 4
#define SAMPLES 400000

static const char words[] = "What was seen, heard and agreed at this visit, in about as many words as a worker writes on a tablet. ";

static void must(int rc, sqlite3 *db, const char *what)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return;
	fprintf(stderr, "floor: %s: %s\n", what, db ? sqlite3_errmsg(db) : "");
	exit(1);
}

static sqlite3 *open_db(const char *path)
{
	sqlite3 *db;

	must(sqlite3_open(path, &db), NULL, "open");
	sqlite3_busy_timeout(db, 10000);
	must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL), db, "pragmas");
	return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;

	must(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), db, sql);
	return stmt;
}

static int make_db(const char *path, int cases)
{
	sqlite3 *db = open_db(path);
	sqlite3_stmt *parent, *child;

	must(sqlite3_exec(db, "CREATE TABLE parent (id INTEGER PRIMARY KEY, number TEXT UNIQUE, title TEXT, stage TEXT, opened_on TEXT) STRICT;"
	     "CREATE TABLE child (parent_id INTEGER, seq INTEGER, kind TEXT, on_day TEXT, body TEXT, PRIMARY KEY (parent_id, seq)) STRICT, WITHOUT ROWID;"
	     "CREATE TABLE written (id INTEGER PRIMARY KEY, at INTEGER, who TEXT, body TEXT) STRICT; BEGIN", NULL, NULL, NULL), db, "schema");
	parent = prepare(db, "INSERT INTO parent VALUES (?1, printf('X-%06d', ?1), 'The family of ' || ?1, 'assessment', '2026-11-17')");
	child = prepare(db, "INSERT INTO child VALUES (?1, ?2, 'visit', '2026-11-17', ?3)");
	for (int i = 1; i <= cases; i++) {
		sqlite3_bind_int(parent, 1, i);
		must(sqlite3_step(parent), db, "parent");
		sqlite3_reset(parent);
		for (int k = 1; k <= CHILDREN; k++) {
			sqlite3_bind_int(child, 1, i);
			sqlite3_bind_int(child, 2, k);
			sqlite3_bind_text(child, 3, words, -1, SQLITE_STATIC);
			must(sqlite3_step(child), db, "child");
			sqlite3_reset(child);
		}
	}
	must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db, "commit");
	return 0;
}

/* --- pages */

static const char *text(sqlite3_stmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt, column);
}

static size_t plain_page(sqlite3_stmt *parent, sqlite3_stmt *child, char *page, size_t room)
{
	size_t n = (size_t)snprintf(page, room, "<!doctype html><title>%s</title><h1>%s</h1><p>%s %s</p><table>", text(parent, 1), text(parent, 2),
	                            text(parent, 3), text(parent, 4));

	while (sqlite3_step(child) == SQLITE_ROW)
		n += (size_t)snprintf(page + n, room - n, "<tr class=\"row even %s\"><th scope=\"row\">%d</th><td><time datetime=\"%s\">%s</time></td>"
		                      "<td class=\"text\">%s%s%s%s%s</td></tr>\n", text(child, 2), sqlite3_column_int(child, 1), text(child, 3),
		                      text(child, 3), text(child, 4), text(child, 4), text(child, 4), text(child, 4), text(child, 4));
	return n + (size_t)snprintf(page + n, room - n, "</table>");
}

struct out { char *p; size_t n, room; };

static NEOERR *append(void *data, char *s)
{
	struct out *out = data;
	size_t n = strlen(s);

	if (out->n + n < out->room) {
		memcpy(out->p + out->n, s, n);
		out->n += n;
	}
	return STATUS_OK;
}

static size_t template_page(CSPARSE *parse, sqlite3_stmt *parent, sqlite3_stmt *child, char *page, size_t room)
{
	struct out out = { page, 0, room };
	HDF *hdf, *row;
	char name[24];

	nerr_ignore((NEOERR *[]){ hdf_init(&hdf) });
	hdf_set_value(hdf, "Number", text(parent, 1));
	hdf_set_value(hdf, "Title", text(parent, 2));
	hdf_set_value(hdf, "Stage", text(parent, 3));
	hdf_set_value(hdf, "On", text(parent, 4));
	while (sqlite3_step(child) == SQLITE_ROW) {
		snprintf(name, sizeof name, "Rows.%d", sqlite3_column_int(child, 1));
		hdf_get_node(hdf, name, &row);
		hdf_set_value(row, "Seq", text(child, 1));
		hdf_set_value(row, "Kind", text(child, 2));
		hdf_set_value(row, "On", text(child, 3));
		hdf_set_value(row, "Body", text(child, 4));
	}
	parse->hdf = hdf;
	nerr_ignore((NEOERR *[]){ cs_render(parse, &out, append) });
	hdf_destroy(&hdf);
	return out.n;
}

static CSPARSE *parse_template(const char *path)
{
	CSPARSE *parse;
	HDF *hdf;

	hdf_init(&hdf);
	hdf_set_value(hdf, "Config.VarEscapeMode", "html");
	cs_init(&parse, hdf);
	if (cs_parse_file(parse, path) != STATUS_OK) {
		fprintf(stderr, "floor: %s does not parse\n", path);
		exit(1);
	}
	return parse;
}

static void serve(const char *path, int fd, CSPARSE *parse)
{
	sqlite3 *db = open_db(path);
	sqlite3_stmt *parent = prepare(db, "SELECT id, number, title, stage, opened_on FROM parent WHERE number = ?");
	sqlite3_stmt *child = prepare(db, "SELECT parent_id, seq, kind, on_day, body FROM child WHERE parent_id = ? ORDER BY seq");
	static char page[64 * 1024];
	static const char head[] = "Content-Type: text/html\r\n\r\n";
	FCGX_Request r;

	FCGX_Init();
	FCGX_InitRequest(&r, fd, 0);
	while (FCGX_Accept_r(&r) >= 0) {
		const char *number = strrchr(FCGX_GetParam("REQUEST_URI", r.envp), '/') + 1;
		size_t n = 0;
		sqlite3_bind_text(parent, 1, number, -1, SQLITE_TRANSIENT);
		if (sqlite3_step(parent) == SQLITE_ROW) {
			sqlite3_bind_int64(child, 1, sqlite3_column_int64(parent, 0));
			n = parse ? template_page(parse, parent, child, page, sizeof page) : plain_page(parent, child, page, sizeof page);
			sqlite3_reset(child);
		}
		sqlite3_reset(parent);
		FCGX_PutStr(head, sizeof head - 1, r.out);
		FCGX_PutStr(page, (int)n, r.out);
		FCGX_Finish_r(&r);
	}
}

static int serve_all(const char *path, const char *socket, CSPARSE *parse)
{
	int fd;

	FCGX_Init();
	fd = FCGX_OpenSocket(socket, 512);
	for (int i = 1; i < WORKERS; i++)
		if (fork() == 0)
			break;
	serve(path, fd, parse);
	return 0;
}

/* --- durable inserts */

struct tally { _Atomic int n; uint32_t us[SAMPLES]; };

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Writers queue on a file, as ours do, then one transaction. */
static void write_rows(const char *path, int rows, int64_t until, struct tally *tally)
{
	sqlite3 *db = open_db(path);
	sqlite3_stmt *begin = prepare(db, "BEGIN IMMEDIATE"), *commit = prepare(db, "COMMIT");
	sqlite3_stmt *insert = prepare(db, "INSERT INTO written (at, who, body) VALUES (1, 'worker', ?)");
	char lock[600], body[1200] = "";
	int fd, at;

	snprintf(lock, sizeof lock, "%s.lock", path);
	fd = open(lock, O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 10; i++)
		strcat(body, words);
	while (now_us() < until) {
		int64_t start = now_us();
		flock(fd, LOCK_EX);
		must(sqlite3_step(begin), db, "begin");
		sqlite3_reset(begin);
		for (int i = 0; i < rows; i++) {
			sqlite3_bind_text(insert, 1, body, i ? 300 : 1000, SQLITE_STATIC);
			must(sqlite3_step(insert), db, "insert");
			sqlite3_reset(insert);
		}
		must(sqlite3_step(commit), db, "commit");
		sqlite3_reset(commit);
		flock(fd, LOCK_UN);
		if ((at = tally->n++) < SAMPLES)
			tally->us[at] = (uint32_t)(now_us() - start);
	}
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int insert_all(const char *path, int rows, int writers, int seconds)
{
	struct tally *tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t until = now_us() + (int64_t)seconds * 1000000;

	for (int i = 0; i < writers; i++)
		if (fork() == 0) {
			write_rows(path, rows, until, tally);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	qsort(tally->us, (size_t)tally->n, sizeof *tally->us, by_size);
	printf("%.1f %u %u\n", (double)tally->n / seconds, tally->us[tally->n / 2], tally->us[tally->n * 99 / 100]);
	return 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "";

	if (strcmp(verb, "make") == 0 && argc == 4)
		return make_db(argv[2], atoi(argv[3]));
	if (strcmp(verb, "plain") == 0 && argc == 4)
		return serve_all(argv[2], argv[3], NULL);
	if (strcmp(verb, "clearsilver") == 0 && argc == 5)
		return serve_all(argv[2], argv[3], parse_template(argv[4]));
	if (strcmp(verb, "insert") == 0 && argc == 6)
		return insert_all(argv[2], atoi(argv[3]), atoi(argv[4]), atoi(argv[5]));
	fprintf(stderr, "usage: see the head of tests/bench/floor.c\n");
	return 2;
}
