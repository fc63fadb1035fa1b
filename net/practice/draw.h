/* SPDX-License-Identifier: MIT */
/* What is drawn at random: ids, the key and the passwords of one run. */
#ifndef NET_PRACTICE_DRAW_H
#define NET_PRACTICE_DRAW_H

#define UUID_SIZE 37
#define PASSWORD_SIZE 25

/* A version 4 UUID in lower case (RFC 9562, 5.4). -1 without randomness. */
int draw_uuid(char uuid[UUID_SIZE]);

/* Letters and digits worth 140 bits. -1 without randomness. */
int draw_password(char password[PASSWORD_SIZE]);

#endif
