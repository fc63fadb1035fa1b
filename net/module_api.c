/* SPDX-License-Identifier: MIT */
/* What api.so holds: all that libcurl does. */
#include "net/imap.h"
#include "net/imap_return.h"
#include "net/module.h"
#include "net/trx.h"

probe_run *const module_runs[PROBE_COUNT] = {
    [PROBE_API_SEND] = api_send_probe,
    [PROBE_API_WATCH] = api_watch_probe,
    [PROBE_API_HISTORY] = api_history_probe,
    [PROBE_API_ACTIVATE] = api_activate_probe,
    [PROBE_IMAP] = imap_probe,
    [PROBE_IMAP_RETURN] = imap_return_probe,
};
