/* SPDX-License-Identifier: MIT */
/* What mail.so holds: all that reads a mail which is at hand already. */
#include "net/headers.h"
#include "net/module.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_HEADERS] = headers_probe,
};
