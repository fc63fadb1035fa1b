/* SPDX-License-Identifier: MIT */
/* What dns.so holds. */
#include "net/domain.h"
#include "net/module.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_DOMAIN] = domain_probe,
};
