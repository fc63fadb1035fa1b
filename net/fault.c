/* SPDX-License-Identifier: MIT */
/* The names of what a live test can find: its outcome, its fault, its phase. */
#include "net/fault.h"

#include <stddef.h>
#include <string.h>

#define NAME(id, name) name,

static const char *const result_names[RESULT_COUNT] = {RESULTS(NAME)};
static const char *const fault_names[FAULT_COUNT] = {FAULTS(NAME)};
static const char *const phase_names[PHASE_COUNT] = {PHASES(NAME)};

static const char *name_of(const char *const *names, int count, int value)
{
    return value >= 0 && value < count ? names[value] : NULL;
}

static int value_of(const char *const *names, int count, const char *name,
                    int otherwise)
{
    for (int i = 0; name && i < count; i++)
        if (names[i] && strcmp(names[i], name) == 0)
            return i;
    return otherwise;
}

const char *result_name(enum result result)
{
    return name_of(result_names, RESULT_COUNT, (int)result);
}

const char *fault_name(enum fault fault)
{
    return name_of(fault_names, FAULT_COUNT, (int)fault);
}

const char *phase_name(enum phase phase)
{
    return name_of(phase_names, PHASE_COUNT, (int)phase);
}

enum result result_from(const char *name)
{
    return (enum result)value_of(result_names, RESULT_COUNT, name,
                                 RESULT_UNKNOWN);
}

enum fault fault_from(const char *name)
{
    return (enum fault)value_of(fault_names, FAULT_COUNT, name, FAULT_NONE);
}

enum phase phase_from(const char *name)
{
    return (enum phase)value_of(phase_names, PHASE_COUNT, name, PHASE_NONE);
}

int phase_is_final(enum phase phase)
{
    return phase == PHASE_FINAL || phase == PHASE_QUIT || phase == PHASE_SENT ||
           phase == PHASE_ANSWER;
}
