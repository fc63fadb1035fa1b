/* SPDX-License-Identifier: MIT */
/* Addresses as people write them: "Ana <ana@x.example>, b@y.example". */
#ifndef NET_PRACTICE_PEOPLE_H
#define NET_PRACTICE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "net/request.h"

#define NAME_MAX_BYTES 128

struct person {
    char name[NAME_MAX_BYTES];
    char address[ADDRESS_MAX];
};

/* Where somebody stands in a mail's header. */
enum seat { SEAT_TO, SEAT_CC, SEAT_BCC, SEAT_REPLY_TO, SEAT_COUNT };

struct seated {
    struct person person;
    enum seat seat;
};

/* Whether it is local@domain in ASCII, within the limits of RFC 5321
 * 4.5.3.1, the domain of letters, digits and hyphens with a dot in it. */
bool person_is_address(const char *address);

/* Reads one of a comma-separated list. Returns what follows its comma or the
 * end, NULL where it is no address; `person->address` then holds what was
 * found instead. */
const char *person_read(struct person *person, const char *text);

/* The part after the last @, or "". */
const char *person_domain(const char *address);

#endif
