/* SPDX-License-Identifier: MIT */
/* What smtp.so holds. */
#include "net/module.h"
#include "net/smtp.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_SMTP] = smtp_probe,
};
