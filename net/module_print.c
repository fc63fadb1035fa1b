/* SPDX-License-Identifier: MIT */
/* What print.so holds. */
#include "net/module.h"
#include "net/print.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_PRINT] = print_probe,
};
