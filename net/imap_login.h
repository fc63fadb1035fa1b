/* SPDX-License-Identifier: MIT */
/* The part of an IMAP session that libcurl leads: up to the end of a login. */
#ifndef NET_IMAP_LOGIN_H
#define NET_IMAP_LOGIN_H

#include "net/imap_session.h"

/* Connects, agrees on TLS and logs in, for imap_session_open; returns what
 * that does. What is said goes to the transcript, secrets masked. */
int imap_login(struct imap_session *session, const struct request *request);

#endif
