/* SPDX-License-Identifier: MIT */
/* What practice.so holds. */
#include "net/module.h"
#include "net/practice/practice.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_PRACTICE] = practice_probe,
};
