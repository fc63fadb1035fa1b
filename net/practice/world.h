/* SPDX-License-Identifier: MIT */
/* The practice world: the mails that were handed in, what became of each, and
 * the mailboxes that they land in. Time decides what can be seen of it: all
 * is written down when a mail is taken, and told once its moment has come. */
#ifndef NET_PRACTICE_WORLD_H
#define NET_PRACTICE_WORLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "net/error.h"
#include "net/practice/bounces.h"
#include "net/practice/draw.h"
#include "net/practice/letter.h"
#include "net/practice/people.h"
#include "net/practice/plot.h"

#define RECIPIENTS_MAX 50
#define PEOPLE_MAX 64 /* recipients, and those to reply to */
#define MESSAGES_MAX 512
#define COPIES_MAX 2048
#define WORLD_BYTES_MAX (16u * 1024u * 1024u) /* of all mails */

/* Seconds after a mail was taken. */
#define TOLD_AFTER 0.2  /* the recipient's server has answered */
#define GREY_AFTER 1.2  /* it answers again, having put us off */
#define LANDS_AFTER 0.1 /* from the answer to the folder */

/* One recipient of a mail. */
struct recipient {
    struct seated who;
    const struct fate *fate;
    long long bounce; /* id, or 0 */
};

/* A mail that the service took. Texts are never NULL but `text` and `html`,
 * which are the API's. */
struct message {
    char id[UUID_SIZE];
    double at;
    struct person from;
    char *subject, *tag, *stream, *text, *html;
    char *raw; /* as it goes out, lines end in CR LF */
    size_t raw_length;
    struct recipient *recipients;
    size_t recipient_count;
};

enum folder { FOLDER_INBOX, FOLDER_JUNK, FOLDER_COUNT };

/* A mail in somebody's folder; unseen before `at`. */
struct copy {
    const struct message *message;
    const struct recipient *recipient;
    enum folder folder;
    double at;
    unsigned uid; /* ascends with `at`, in every folder */
};

struct world {
    pthread_mutex_t lock;
    enum scenario scenario;
    unsigned quirks; /* quirks.h; 0 at first */
    double started;  /* monotonic seconds */
    double calendar; /* seconds since 1970 at that moment */
    struct message *messages[MESSAGES_MAX]; /* oldest first */
    size_t message_count;
    struct copy copies[COPIES_MAX]; /* by `at` */
    size_t copy_count;
    struct bounces bounces;
    size_t bytes;
};

/* What is handed in. Strings are borrowed; those that may be NULL say so. */
struct draft {
    char id[UUID_SIZE];
    bool smtp;
    struct person from;
    const struct seated *people; /* SEAT_REPLY_TO is passed over */
    size_t people_count;
    const char *subject, *tag, *stream;
    const char *text, *html; /* or NULL */
    const char *raw;
    size_t raw_length;
};

/* Begins with the scenario's past. -1 without memory or randomness. */
int world_init(struct world *world, enum scenario scenario, struct error *err);

/* Everything below this line is called between these two, except the clock,
 * whose readings stay valid. */
void world_lock(struct world *world);
void world_unlock(struct world *world);

/* Seconds since the world began; what lies before is negative. */
double world_now(const struct world *world);

/* A moment in seconds since 1970. */
double world_calendar(const struct world *world, double at);

/* Takes a mail. Recipients that are inactive get none; where it came by SMTP
 * each of them leaves a bounce that says so, and a mail for nobody else is
 * dropped without a word. -1 where the world is full. */
int world_submit(struct world *world, const struct draft *draft, double now);

const struct message *world_message(const struct world *world, const char *id);

/* Whether the service still has it in its queue for anybody. */
bool message_is_queued(const struct message *message, double now);

/* What the recipient's server answered, oldest first. */
enum told_kind { TOLD_DELIVERED, TOLD_TRANSIENT, TOLD_BOUNCED };
struct told {
    enum told_kind kind;
    double at;
};

/* Fills what is known by `now`; returns 0 to 2. */
size_t message_events(const struct message *message,
                      const struct recipient *recipient, double now,
                      struct told out[2]);

/* Finds the next copy in a folder after `copy` (NULL: the first). NULL where
 * none has landed by `now`. Once landed, a copy keeps its place and uid. */
const struct copy *world_next_copy(const struct world *world,
                                   const char *address, enum folder folder,
                                   double now, const struct copy *copy);

/* How many copies have landed by `now`; no uid is above that. */
unsigned world_landed(const struct world *world, double now);

void world_release(struct world *world);

#endif
