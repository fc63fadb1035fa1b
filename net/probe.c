/* SPDX-License-Identifier: MIT */
/* The table of probes, and the door to the modules that hold them. */
#include "net/probe.h"

#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "net/event.h"

/* What the child may take beyond its own limits before it is stopped. */
#define GRACE 0.6

#define NAME(id, name, module) name,
static const char *const names[PROBE_COUNT] = {PROBES(NAME)};

#define MODULE(id, name, module) module,
static const char *const modules[PROBE_COUNT] = {PROBES(MODULE)};

const char *probe_name(enum probe probe)
{
    return probe < PROBE_COUNT ? names[probe] : NULL;
}

const char *probe_module(enum probe probe)
{
    return probe < PROBE_COUNT ? modules[probe] : NULL;
}

enum probe probe_from(const char *name)
{
    for (int i = 0; name && i < PROBE_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (enum probe)i;
    return PROBE_COUNT;
}

bool probe_sends(enum probe probe)
{
    return probe == PROBE_SMTP || probe == PROBE_API_SEND ||
           probe == PROBE_PRINT;
}

bool probe_is_optional(enum probe probe)
{
    return probe == PROBE_PRINT;
}

double probe_deadline(enum probe probe, const struct request *request)
{
    if (probe == PROBE_PRACTICE)
        return 0;
    if (probe == PROBE_API_WATCH || probe == PROBE_IMAP ||
        probe == PROBE_IMAP_RETURN)
        return request->wait + request->limit + GRACE;
    return request->limit + GRACE;
}

/* For administrators: the one thing that a child says about itself. */
static int complain(int out, const char *problem)
{
    struct event *event = event_new("note");
    char *line;

    event_put_text(event, "text", problem);
    line = event_line(event);
    if (line) {
        size_t length = strlen(line);

        line[length] = '\n';
        if (write(out, line, length + 1) < 0)
            length = 0;
    }
    free(line);
    event_free(event);
    return EX_SOFTWARE;
}

int probe_body(int out, void *arg)
{
    const struct probe_call *call = arg;
    char path[PATH_MAX];
    int length = snprintf(path, sizeof(path), "%s/%s", call->modules,
                          modules[call->probe]);
    probe_entry *entry;
    void *module;

    if (length >= (int)sizeof(path))
        return complain(out, "path of a module is too long");
    module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!module)
        return complain(out, dlerror());
    /* POSIX lets a function travel as an object pointer, C does not. */
    *(void **)&entry = dlsym(module, PROBE_ENTRY);
    if (!entry)
        return complain(out, dlerror());
    return entry(call->probe, call->request, out);
}
