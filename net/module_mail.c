/* SPDX-License-Identifier: MIT */
/* What mail.so holds: all that reads a mail which is at hand already. */
#include "net/headers.h"
#include "net/module.h"
#include "net/notice.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_HEADERS] = headers_probe,
    [PROBE_NOTICE] = notice_probe,
};
