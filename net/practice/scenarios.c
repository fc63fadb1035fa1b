/* SPDX-License-Identifier: MIT */
/* The scenarios' names, from the one list. */
#include "net/practice/scenarios.h"

#include <stddef.h>
#include <string.h>

struct row {
    const char *name;
    enum channel channel;
    enum scenario other;
};

#define ROW(id, name, via, other) {name, CHANNEL_##via, SCENARIO_##other},
static const struct row rows[] = {SCENARIOS(ROW)};

enum scenario scenario_from(const char *name)
{
    if (!name || !*name)
        return SCENARIO_ARRIVES;
    for (int i = 0; i < SCENARIO_NONE; i++)
        if (strcmp(rows[i].name, name) == 0)
            return (enum scenario)i;
    return SCENARIO_NONE;
}

const char *scenario_name(enum scenario scenario)
{
    return scenario < SCENARIO_NONE ? rows[scenario].name : NULL;
}

enum channel scenario_channel(enum scenario scenario)
{
    return scenario < SCENARIO_NONE ? rows[scenario].channel : CHANNEL_API;
}

enum scenario scenario_over(enum scenario scenario, enum channel channel)
{
    if (scenario >= SCENARIO_NONE || rows[scenario].channel == channel)
        return scenario;
    return rows[scenario].other;
}

const char *channel_name(enum channel channel)
{
    return channel == CHANNEL_SMTP ? "smtp" : "api";
}
