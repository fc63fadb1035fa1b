/* SPDX-License-Identifier: MIT */
/* The names of what a live test can find: its outcome, its fault, its phase. */
#ifndef NET_FAULT_H
#define NET_FAULT_H

/* How a probe ended. `unknown` means that the world may have acted on it. */
#define RESULTS(X) X(PASS, "pass") X(FAULT, "fault") X(UNKNOWN, "unknown")

/* What is wrong with the world; RFC 5321 terms where it has them. */
#define FAULTS(X)                                                              \
    X(NONE, NULL)                                                              \
    X(NAME, "name")                                                            \
    X(CONNECT, "connect")                                                      \
    X(TLS, "tls")                                                              \
    X(PROTOCOL, "protocol")                                                    \
    X(FEATURE, "feature")                                                      \
    X(REFUSED, "refused")                                                      \
    X(AUTH, "auth")                                                            \
    X(TIMEOUT, "timeout")                                                      \
    X(DROPPED, "dropped")                                                      \
    X(CANCELLED, "cancelled")                                                  \
    X(CRASHED, "crashed")

/* Where a probe stood. The first eleven are those of an SMTP session; the
 * others belong to the service's API, to a mailbox and to the DNS. In `final` and `sent`
 * the message may have been taken already. */
#define PHASES(X)                                                              \
    X(NONE, NULL)                                                              \
    X(CONNECT, "connect")                                                      \
    X(GREETING, "greeting")                                                    \
    X(EHLO, "ehlo")                                                            \
    X(STARTTLS, "starttls")                                                    \
    X(TLS, "tls")                                                              \
    X(AUTH, "auth")                                                            \
    X(MAIL, "mail")                                                            \
    X(RCPT, "rcpt")                                                            \
    X(DATA, "data")                                                            \
    X(FINAL, "final")                                                          \
    X(QUIT, "quit")                                                            \
    X(REQUEST, "request")                                                      \
    X(SENT, "sent")                                                            \
    X(ANSWER, "answer")                                                        \
    X(LOGIN, "login")                                                          \
    X(SEARCH, "search")                                                        \
    X(LOOKUP, "lookup")

#define FAULT_ENUM(id, name) FAULT_##id,
#define PHASE_ENUM(id, name) PHASE_##id,
#define RESULT_ENUM(id, name) RESULT_##id,
enum result { RESULTS(RESULT_ENUM) RESULT_COUNT };
enum fault { FAULTS(FAULT_ENUM) FAULT_COUNT };
enum phase { PHASES(PHASE_ENUM) PHASE_COUNT };

/* The word used on the wire between processes and in reports; NULL for NONE. */
const char *result_name(enum result result);
const char *fault_name(enum fault fault);
const char *phase_name(enum phase phase);

/* The value of a word; anything unknown, NULL included, is UNKNOWN or NONE. */
enum result result_from(const char *name);
enum fault fault_from(const char *name);
enum phase phase_from(const char *name);

/* Whether the message may be on its way when a probe stops in this phase, so
 * that silence means "unknown" and nothing may be sent again by itself. */
int phase_is_final(enum phase phase);

#endif
