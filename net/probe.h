/* SPDX-License-Identifier: MIT */
/* The table of probes, and the door to the modules that hold them. */
#ifndef NET_PROBE_H
#define NET_PROBE_H

#include "net/error.h"
#include "net/request.h"

/* Name on the command line and in events, and the module that holds it: with
 * no more libraries than it needs, since loading them is most of the time that
 * a test by a near server takes, and each could have a fault. */
#define PROBES(X)                                                              \
    X(SMTP, "smtp", "smtp.so")                                                 \
    X(API_SEND, "api-send", "api.so")                                          \
    X(API_WATCH, "api-watch", "api.so")                                        \
    X(API_HISTORY, "api-history", "api.so")                                    \
    X(API_ACTIVATE, "api-activate", "api.so")                                  \
    X(IMAP, "imap", "api.so")                                                  \
    X(IMAP_RETURN, "imap-return", "api.so")                                    \
    X(DOMAIN, "domain", "dns.so")                                              \
    X(HEADERS, "headers", "mail.so")                                           \
    X(NOTICE, "notice", "mail.so")                                             \
    X(PRINT, "print", "print.so")                                              \
    X(PRACTICE, "practice", "practice.so")

#define PROBE_ENUM(id, name, module) PROBE_##id,
enum probe { PROBES(PROBE_ENUM) PROBE_COUNT };

const char *probe_name(enum probe probe);

/* The file name of its module. */
const char *probe_module(enum probe probe);

/* Whether its module may be missing, since we can be built without it. */
bool probe_is_optional(enum probe probe);

/* The probe of a name, or PROBE_COUNT. */
enum probe probe_from(const char *name);

/* Whether the probe sends a message (or prints one), so that "about to send"
 * must be on disk before it starts and silence afterwards means unknown. */
bool probe_sends(enum probe probe);

/* The longest wall time in seconds that the parent grants: the exchange's
 * limit, the arrival's wait where the probe looks for one, and a grace for
 * the child to say so itself. 0: no end (the practice service). */
double probe_deadline(enum probe probe, const struct request *request);

/* A probe and its request, as a job's body gets them. */
struct probe_call {
    enum probe probe;
    const struct request *request;
    const char *modules; /* their folder */
};

/* Runs in the child: loads the module and lets it work; events go to `out`.
 * `arg` is a struct probe_call. Returns the exit status of the child. */
int probe_body(int out, void *arg);

/* What a module exports, found by dlsym: runs one probe to its end. */
#define PROBE_ENTRY "nollego_probe"
typedef int probe_entry(enum probe probe, const struct request *request,
                        int out);

#endif
