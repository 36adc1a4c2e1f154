# SPDX-License-Identifier: Apache-2.0
# Case Compass. `make demo` runs it, `make test` tests it, `make help` lists the rest.

CC      ?= gcc
PKGS    := json-c sqlite3 libsodium icu-i18n icu-uc libxml-2.0 libzip libcrypto
CFLAGS  += -std=gnu17 -g -O2 -fPIE -fstack-protector-strong -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
           -Wmissing-prototypes -Wformat=2 -Wundef -Wwrite-strings -Wno-format-nonliteral -Wno-format-zero-length -MMD -MP
CPPFLAGS += -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -Ifcgi -I. -isystem /usr/include/ClearSilver $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g')
LDLIBS  := -lneo_cs -lneo_utl -lfcgi -lfreexl -lxlsxwriter $(shell pkg-config --libs $(PKGS)) -lm
LDFLAGS += -pie -Wl,-z,relro,-z,now

# One source tree, two builds: build/obj (what runs) and build/asan (what is tested).
LIB_SRC    := $(wildcard fcgi/base/*.c fcgi/model/*.c fcgi/form/*.c fcgi/country/*.c fcgi/view/*.c fcgi/request/*.c)
STAFF_SRC  := $(wildcard fcgi/main/staff.c staff/*.c staff/pages/*.c)
PORTAL_SRC := $(wildcard fcgi/main/portal.c portal/*.c portal/pages/*.c)
TOOL_SRC   := $(wildcard fcgi/main/compass.c fcgi/main/commands/*.c seed-data/*.c)
PROGRAMS   := $(if $(wildcard fcgi/main/staff.c),staff) $(if $(wildcard fcgi/main/portal.c),portal) $(if $(wildcard fcgi/main/compass.c),compass)

SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

all: $(addprefix build/,$(PROGRAMS))
asan: $(addprefix build/asan/,$(PROGRAMS))

# $(1) folder of objects, $(2) extra flags
define variant
$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $(2) -c -o $$@ $$<
$(1)/libcompass.a: $$(LIB_SRC:%.c=$(1)/%.o)
	@rm -f $$@; ar rcs $$@ $$^
$(1)/bin/staff: $$(STAFF_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/portal: $$(PORTAL_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/compass: $$(TOOL_SRC:%.c=$(1)/%.o) $(1)/libcompass.a
$(1)/bin/staff $(1)/bin/portal $(1)/bin/compass:
	@mkdir -p $$(@D)
	$$(CC) $$(LDFLAGS) $(2) -o $$@ $$(filter %.o,$$^) $(1)/libcompass.a $$(LDLIBS)
$(1)/unit/%: $(1)/tests/unit/%.o $(1)/libcompass.a
	@mkdir -p $$(@D)
	$$(CC) $$(LDFLAGS) $(2) -o $$@ $$< $(1)/libcompass.a -lcmocka $$(LDLIBS)
endef
$(eval $(call variant,build/obj,))
$(eval $(call variant,build/asan,$(SAN) -U_FORTIFY_SOURCE))
$(addprefix build/,staff portal compass): build/%: build/obj/bin/%
	@cp -f $< $@
$(addprefix build/asan/,staff portal compass): build/asan/%: build/asan/bin/%
	@cp -f $< $@

# Schema files are compiled in by .incbin, which -MMD does not see.
$(foreach d,build/obj build/asan,$(addprefix $(d)/fcgi/model/,db_migrate.o authorizer.o)): $(wildcard fcgi/model/schema/*.sql)

# One unit test: make unit-expr runs tests/unit/test_expr.c under the sanitizers.
unit-%: build/asan/unit/test_%
	$<

clean:
	rm -rf build

.PHONY: all asan clean
.SECONDARY:
-include $(shell find build -name '*.d' 2>/dev/null)

# --- static files (staff/static/build.sh): CSS joined, icons and fonts cut, hashed names, compressed
assets: build/static/manifest
all asan: assets
build/static/manifest: staff/static/build.sh staff/static/vendor.mjs staff/static/icons.txt staff/package-lock.json \
                       $(wildcard staff/static/css/*.css staff/static/*.js staff/static/*.svg portal/static/*.css) \
                       $(wildcard staff/templates/*.cs staff/templates/parts/*.cs)
	@staff/static/build.sh
fetch-assets:
	@rm -f build/vendor/.failed
	@staff/static/build.sh
lint-templates:
	@node tests/lint/templates.mjs
.PHONY: assets fetch-assets lint-templates
