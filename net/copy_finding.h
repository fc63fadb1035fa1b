/* SPDX-License-Identifier: MIT */
/* The one thing that is most wrong with a received copy. */
#ifndef NET_COPY_FINDING_H
#define NET_COPY_FINDING_H

#include "net/copy.h"

/* CLEAN: all checks passed and no filter complains. UNREAD: there is nothing
 * that the receiver itself tells. */
#define COPY_FINDINGS(X)                                                       \
    X(CLEAN, "clean")                                                          \
    X(UNREAD, "unread")                                                        \
    X(TEMPORARY, "temporary")           /* a check could not be made */        \
    X(RECIPIENT_RULE, "recipient_rule") /* the mailbox's own list or rule */   \
    X(GATEWAY, "gateway")           /* passed at the gateway, not behind it */ \
    X(FREE_SENDER, "free_sender")   /* From is of a free provider */           \
    X(UNSIGNED, "unsigned")         /* nobody signed for the domain */         \
    X(OTHER_SIGNER, "other_signer") /* signed, but for another domain */       \
    X(CHANGED, "changed")           /* the body, after it was signed */        \
    X(KEY, "key")                   /* the signature's key is not there */     \
    X(SIGNATURE, "signature")       /* does not verify */                      \
    X(SPF_MISSING, "spf_missing")   /* own return path, server not listed */   \
    X(SPF_BROKEN, "spf_broken")     /* own record cannot be read */            \
    X(SPF_SERVICE, "spf_service")   /* the service's own return path */        \
    X(DMARC_MISSING, "dmarc_missing")                                          \
    X(LISTED, "listed")   /* the server is on a block list */                  \
    X(HARMFUL, "harmful") /* taken for a fraud or a virus */                   \
    X(BULK, "bulk")       /* taken for a mass mailing */                       \
    X(CONTENT, "content") /* a filter took it for spam */
#define COPY_FINDING_ENUM(id, name) COPY_FINDING_##id,
enum copy_finding { COPY_FINDINGS(COPY_FINDING_ENUM) COPY_FINDING_COUNT };

/* Whether the mail proves to be of From's domain: the receiver's own word, or
 * an aligned pass (RFC 9989 section 4.4). */
bool copy_is_authentic(const struct copy *copy);

enum copy_finding copy_find(const struct copy *copy);

const char *copy_finding_name(enum copy_finding finding);

#endif
