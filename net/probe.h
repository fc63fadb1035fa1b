/* SPDX-License-Identifier: MIT */
/* The table of probes, and the door to the module that holds them. */
#ifndef NET_PROBE_H
#define NET_PROBE_H

#include "net/error.h"
#include "net/request.h"

#define PROBES(X)                                                              \
    X(SMTP, "smtp")                                                            \
    X(API_SEND, "api-send")                                                    \
    X(API_WATCH, "api-watch")                                                  \
    X(API_HISTORY, "api-history")                                              \
    X(API_ACTIVATE, "api-activate")                                            \
    X(IMAP, "imap")                                                            \
    X(PRACTICE, "practice")

#define PROBE_ENUM(id, name) PROBE_##id,
enum probe { PROBES(PROBE_ENUM) PROBE_COUNT };

/* The name on the command line and in events. */
const char *probe_name(enum probe probe);

/* The probe of a name, or PROBE_COUNT. */
enum probe probe_from(const char *name);

/* Whether the probe sends a message, so that "about to send" must be on disk
 * before it starts and silence afterwards means unknown. */
bool probe_sends(enum probe probe);

/* The longest wall time in seconds that the parent grants: the exchange's
 * limit, the arrival's wait where the probe looks for one, and a grace for
 * the child to say so itself. 0: no end (the practice service). */
double probe_deadline(enum probe probe, const struct request *request);

/* A probe and its request, as a job's body gets them. */
struct probe_call {
    enum probe probe;
    const struct request *request;
    const char *module; /* path of probes.so */
};

/* Runs in the child: loads the module and lets it work; events go to `out`.
 * `arg` is a struct probe_call. Returns the exit status of the child. */
int probe_body(int out, void *arg);

/* What the module exports, found by dlsym: runs one probe to its end. */
#define PROBE_ENTRY "nollego_probe"
typedef int probe_entry(enum probe probe, const struct request *request,
                        int out);

#endif
