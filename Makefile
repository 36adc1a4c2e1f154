# SPDX-License-Identifier: Apache-2.0
# Case Compass. `make demo` runs it, `make test` tests it, `make help` lists the rest.

CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
CLANG   ?= clang
PKGS    := json-c sqlite3 libsodium icu-i18n icu-uc libxml-2.0 libzip libcrypto
# empty on a machine where nothing is installed yet: `make demo` installs first, then calls make again
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CFLAGS  += -std=gnu17 -g -O2 -fPIE -fstack-protector-strong -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
           -Wmissing-prototypes -Wformat=2 -Wundef -Wwrite-strings -Wno-format-nonliteral -Wno-format-zero-length -MMD -MP
CPPFLAGS += -D_GNU_SOURCE -Ifcgi -I. -isystem /usr/include/ClearSilver $(PKG_CFLAGS)
LDLIBS  := -lneo_cs -lneo_utl -lfcgi -lxlsxwriter $(PKG_LIBS) -lm
LDFLAGS += -pie -Wl,-z,relro,-z,now
FORTIFY := -D_FORTIFY_SOURCE=2
SAN     := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FUZZ    := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -O1
JOBS    ?= $(shell nproc)
# V=1 shows the commands
Q       := $(if $(V),,@)

# One source tree, three builds: build/obj (what runs), build/asan/obj (what is tested), build/fuzz (clang, libFuzzer).
LIB_SRC    := $(wildcard fcgi/base/*.c fcgi/model/*.c fcgi/form/*.c fcgi/country/*.c fcgi/view/*.c fcgi/request/*.c)
STAFF_SRC  := $(wildcard fcgi/main/staff.c staff/*.c staff/pages/*.c)
PORTAL_SRC := $(wildcard fcgi/main/portal.c portal/*.c portal/pages/*.c)
TOOL_SRC   := $(wildcard fcgi/main/compass.c fcgi/main/commands/*.c seed-data/*.c)
PROGRAMS   := $(foreach p,staff portal compass,$(if $(wildcard fcgi/main/$(p).c),$(p)))
UNIT       := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
FUZZERS    := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

all: $(addprefix build/,$(PROGRAMS))
asan: $(addprefix build/asan/,$(PROGRAMS))

# $(1) folder of objects, $(2) extra flags, $(3) compiler
define variant
$(1)/%.o: %.c
	@mkdir -p $$(@D)
	@echo "  $(patsubst build/%,%,$(patsubst %/obj,%,$(1))) $$<"
	$$(Q)$(3) $$(CPPFLAGS) $$(CFLAGS) $(2) -c -o $$@ $$<
$(1)/libcompass.a: $$(LIB_SRC:%.c=$(1)/%.o)
	@rm -f $$@; ar rcs $$@ $$^
$(1)/bin/staff: $$(STAFF_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/portal: $$(PORTAL_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/compass: $$(TOOL_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/staff $(1)/bin/portal $(1)/bin/compass:
	@mkdir -p $$(@D)
	@echo "  link $$@"
	$$(Q)$(3) $$(LDFLAGS) $(2) -o $$@ $$(filter %.o,$$^) $(1)/libcompass.a $$(LDLIBS)
$(1)/unit/%: $(1)/tests/unit/%.o $(1)/libcompass.a
	@mkdir -p $$(@D)
	$$(Q)$(3) $$(LDFLAGS) $(2) -o $$@ $$< $(1)/libcompass.a -lcmocka $$(LDLIBS)
endef
$(eval $(call variant,build/obj,$(FORTIFY),$$(CC)))
$(eval $(call variant,build/asan/obj,$(SAN),$$(CC)))
$(eval $(call variant,build/fuzz,$(FUZZ),$$(CLANG)))
$(addprefix build/,staff portal compass): build/%: build/obj/bin/%
	@cp -f $< $@
$(addprefix build/asan/,staff portal compass): build/asan/%: build/asan/obj/bin/%
	@rm -rf $@; cp $< $@
# Schema files are compiled in by .incbin, which -MMD does not see.
$(foreach d,build/obj build/asan/obj build/fuzz,$(addprefix $(d)/fcgi/model/,db_migrate.o authorizer.o)): $(wildcard fcgi/model/schema/*.sql)

# --- static files (staff/static/build.sh): CSS joined, icons and fonts cut, hashed names, compressed
assets: build/static/manifest
all asan: assets
build/static/manifest: staff/static/build.sh staff/static/vendor.mjs staff/static/minify.mjs staff/static/icons.txt staff/package-lock.json \
                       $(wildcard staff/static/css/*.css staff/static/css/only/*.css staff/static/*.js staff/static/*.svg portal/static/*.css) \
                       $(wildcard staff/templates/*.cs staff/templates/parts/*.cs)
	@staff/static/build.sh
fetch-assets:
	@rm -f build/vendor/.failed
	@staff/static/build.sh
lint-templates:
	@node tests/lint/templates.mjs

# --- running it: PORT=8080, LAN=1 to listen beyond this machine, COUNTRY="armenia chile" (all: nginx/serve), COMPASS_VAR=folder
PORT    ?= 8080
export PORT LAN COUNTRY COMPASS_VAR WORKERS
demo: ready
	@nginx/serve run
start: ready
	@nginx/serve start
stop status:
	@nginx/serve $@
# what is missing is installed, what has changed is built
ready:
	@nginx/packages run
	@$(MAKE) --no-print-directory -j$(JOBS) all

# --- tests: suites are tests/*/run (tests/README.md)
test:
	@nginx/packages test
	@$(MAKE) --no-print-directory -j$(JOBS) all asan unit-build fuzz-build
	@tests/run
# the fast part: no browser, no fuzzing
check:
	@$(MAKE) --no-print-directory -j$(JOBS) all asan unit-build
	@BRIEF=1 tests/run
lint:
	@tests/run lint
# one unit test: make unit-expr runs tests/unit/test_expr.c under the sanitizers
unit-build: $(UNIT:%=build/asan/obj/unit/test_%)
unit-%: build/asan/obj/unit/test_%
	$<
# fuzz targets, FUZZ_SECONDS each (60): make fuzz, or make fuzz-run-multipart for one
fuzz-build: $(FUZZERS:%=build/fuzz/fuzz_%)
build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/libcompass.a
	$(Q)$(CLANG) $(LDFLAGS) $(FUZZ) -fsanitize=fuzzer -o $@ $< build/fuzz/libcompass.a $(LDLIBS)
fuzz: fuzz-build
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-60} tests/run fuzz
fuzz-run-%: build/fuzz/fuzz_%
	@mkdir -p build/fuzz/corpus/$*
	$< -max_total_time=$${FUZZ_SECONDS:-60} build/fuzz/corpus/$* $(wildcard tests/fuzz/corpus/$*)
# clang reads every source as strictly as gcc
CLANG_OK := $(patsubst %.c,build/clang/%.ok,$(LIB_SRC) $(sort $(STAFF_SRC) $(PORTAL_SRC) $(TOOL_SRC)) $(wildcard tests/unit/*.c tests/fuzz/*.c))
clang: $(CLANG_OK)
build/clang/%.ok: %.c
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(CPPFLAGS) $(CFLAGS) -MF $(@:.ok=.d) -MT $@ -fsyntax-only $<
	@touch $@
bench:
	@nginx/packages bench
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@node tests/bench/bench.mjs

clean:
	rm -rf build

help:
	@echo 'make demo      install what is missing, build, make the instances, serve http://localhost:$(PORT)/; Ctrl-C stops it'
	@echo 'make start     the same in the background; make stop ends it, make status says how it is'
	@echo '               PORT=8080  LAN=1 (listen on the network)  COUNTRY="armenia chile" (all without)  COMPASS_VAR=folder'
	@echo 'make           build the programs into build/'
	@echo 'make test      everything, ending with "N passed, N failed, N skipped"; make check is the fast part'
	@echo 'make unit-X    one unit test; make lint; make fuzz (FUZZ_SECONDS=60); make bench'
	@echo 'make fetch-assets   try npm again for fonts, icons and htmx; make clean removes build/'

.PHONY: all asan assets fetch-assets demo start stop status ready test check lint unit-build fuzz-build fuzz clang bench clean help
.SECONDARY:
# What a source includes is read for what is built: reading all of it takes longer than a start.
GOALS   := $(filter-out demo start stop status ready clean help,$(or $(MAKECMDGOALS),all))
-include $(if $(GOALS),$(shell find $(if $(filter-out all,$(GOALS)),build,build/obj) -name '*.d' 2>/dev/null))
